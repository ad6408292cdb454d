# Toolchain file: an Xtensa LX106, the core of the ESP8266, on QEMU's board kc705-nommu.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR lx106)
set(CMAKE_C_COMPILER xtensa-lx106-elf-gcc)
set(CMAKE_CXX_COMPILER xtensa-lx106-elf-g++)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

set(FIRMWARE_BOARD lx106)
set(FIRMWARE_HOST simcall)
set(CMAKE_C_FLAGS_INIT "-mlongcalls -mtext-section-literals")
include(${CMAKE_CURRENT_LIST_DIR}/cxx_headers.cmake)
set(CMAKE_CXX_FLAGS_INIT "${CMAKE_C_FLAGS_INIT} ${cxx_headers}")
