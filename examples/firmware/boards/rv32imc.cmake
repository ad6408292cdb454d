# Toolchain file: a RISC-V core of the ESP32-C3's class, as QEMU's board virt has it.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR rv32imc)
set(CMAKE_C_COMPILER riscv64-unknown-elf-gcc)
set(CMAKE_CXX_COMPILER riscv64-unknown-elf-g++)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

set(FIRMWARE_BOARD virt)
set(FIRMWARE_HOST semihosting)
set(core "-march=rv32imc -mabi=ilp32 --specs=picolibc.specs")
set(CMAKE_C_FLAGS_INIT "${core}")
include(${CMAKE_CURRENT_LIST_DIR}/cxx_headers.cmake)
set(CMAKE_CXX_FLAGS_INIT "${core} ${cxx_headers}")
