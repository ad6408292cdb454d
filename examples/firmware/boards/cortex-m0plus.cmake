# Toolchain file: code for an Arm Cortex-M0+. QEMU has no board with one: it runs on a Cortex-M3, which knows more.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR cortex-m0plus)
set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

set(FIRMWARE_BOARD mps2)
set(FIRMWARE_HOST semihosting)
set(core "-mcpu=cortex-m0plus -mthumb")
set(CMAKE_C_FLAGS_INIT "${core} -DLAN9118_ADDRESS=0x40200000")
set(CMAKE_CXX_FLAGS_INIT "${CMAKE_C_FLAGS_INIT}")
set(CMAKE_EXE_LINKER_FLAGS_INIT "${core} --specs=nano.specs --specs=nosys.specs")
