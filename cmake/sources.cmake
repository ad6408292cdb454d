# The sources as lists, for builds that are not this project's own: ESP-IDF and Zephyr.

get_filename_component(mailmote_root ${CMAKE_CURRENT_LIST_DIR}/.. ABSOLUTE)

# The core. src/packages/ is for Arduino and PlatformIO alone.
file(GLOB_RECURSE MAILMOTE_CORE_SOURCES ${mailmote_root}/src/*.cpp)
list(FILTER MAILMOTE_CORE_SOURCES EXCLUDE REGEX "/src/packages/")

# TCP over the sockets of a device: the POSIX port without what only hosts have. With one of the files that look names
# up: sockets/lwip_lookup.cpp or sockets/zephyr_lookup.cpp.
set(MAILMOTE_SOCKETS_SOURCES "")
foreach(name address_list connector local_end socket_address tcp_stream waiter sockets/interface)
  list(APPEND MAILMOTE_SOCKETS_SOURCES ${mailmote_root}/port/posix/${name}.cpp)
endforeach()

# TLS.
file(GLOB MAILMOTE_MBEDTLS_SOURCES ${mailmote_root}/port/mbedtls/*.cpp)

set(MAILMOTE_INCLUDE_DIRS ${mailmote_root}/include ${mailmote_root}/port/posix/include)
set(MAILMOTE_PRIVATE_INCLUDE_DIRS ${mailmote_root}/src ${mailmote_root}/port/posix)
