# mailmote_choose_look_up(target): how the POSIX port looks names up. With c-ares (libc-ares-dev) it does not block; without,
# it is the system's getaddrinfo(3), which does.

function(mailmote_choose_look_up target)
  find_path(MAILMOTE_CARES_INCLUDE_DIR ares.h)
  find_library(MAILMOTE_CARES_LIBRARY cares)
  mark_as_advanced(MAILMOTE_CARES_INCLUDE_DIR MAILMOTE_CARES_LIBRARY)
  set(way blocking)
  if(NOT MAILMOTE_CARES STREQUAL "OFF" AND MAILMOTE_CARES_INCLUDE_DIR AND MAILMOTE_CARES_LIBRARY)
    set(way cares)
    target_include_directories(${target} SYSTEM PRIVATE ${MAILMOTE_CARES_INCLUDE_DIR})
    target_compile_definitions(${target} PRIVATE CARES_NO_DEPRECATED)
    target_link_libraries(${target} PRIVATE ${MAILMOTE_CARES_LIBRARY})
    set(MAILMOTE_PC_NAMES " -lcares" PARENT_SCOPE)
  elseif(MAILMOTE_CARES STREQUAL "ON")
    message(FATAL_ERROR "MAILMOTE_CARES is ON, but c-ares was not found: install libc-ares-dev, or set MAILMOTE_CARES=OFF "
                        "for name look-ups that block")
  elseif(MAILMOTE_CARES STREQUAL "AUTO")
    message(STATUS "c-ares was not found: name look-ups will block")
  endif()
  find_library(MAILMOTE_RESOLV_LIBRARY resolv)  # where it is not in the C library
  mark_as_advanced(MAILMOTE_RESOLV_LIBRARY)
  if(way STREQUAL "blocking" AND MAILMOTE_RESOLV_LIBRARY)
    target_link_libraries(${target} PRIVATE ${MAILMOTE_RESOLV_LIBRARY})
    set(MAILMOTE_PC_NAMES " -lresolv" PARENT_SCOPE)
  endif()
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/port/posix/host/*.cpp
       ${PROJECT_SOURCE_DIR}/port/posix/${way}/*.cpp)
  target_sources(${target} PRIVATE ${sources})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/port/posix)
endfunction()
