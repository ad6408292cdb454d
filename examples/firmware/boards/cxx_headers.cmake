# Debian's compilers for RISC-V and Xtensa come without C++ headers. Only those are needed that have no library behind
# them, so that Arm's serve.
file(GLOB found /usr/include/newlib/c++/*/arm-none-eabi/thumb/v7e-m/nofp)
set(cxx_headers "")
if(found)
  list(POP_BACK found configuration)
  string(REGEX REPLACE "/arm-none-eabi/.*" "" headers ${configuration})
  set(cxx_headers "-isystem ${headers} -isystem ${configuration}")
endif()
