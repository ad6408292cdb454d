# mailmote as a component of ESP-IDF: the core, TCP over sockets (posix/tcp_stream.hpp, posix/waiter.hpp), TCP over lwIP's
# raw API (lwip/tcp_stream.hpp), and TLS. What an application does not name is not linked.

include(${CMAKE_CURRENT_LIST_DIR}/sources.cmake)

set(sources ${MAILMOTE_CORE_SOURCES} ${MAILMOTE_SOCKETS_SOURCES} ${mailmote_root}/port/posix/host/system.cpp
    ${mailmote_root}/port/posix/sockets/lwip_lookup.cpp ${mailmote_root}/port/lwip/tcp_stream.cpp)
set(include_dirs ${MAILMOTE_INCLUDE_DIRS} ${mailmote_root}/port/lwip/include)
if(CONFIG_MAILMOTE_TLS)
  list(APPEND sources ${MAILMOTE_MBEDTLS_SOURCES})
  list(APPEND include_dirs ${mailmote_root}/port/mbedtls/include)
endif()

# REQUIRES is read before there is a configuration, so it cannot depend on one.
idf_component_register(SRCS ${sources} INCLUDE_DIRS ${include_dirs} PRIV_INCLUDE_DIRS ${MAILMOTE_PRIVATE_INCLUDE_DIRS}
                       REQUIRES lwip mbedtls)
target_compile_features(${COMPONENT_LIB} PUBLIC cxx_std_17)
target_compile_definitions(${COMPONENT_LIB} PUBLIC MAILMOTE_REPLY_TEXT=${CONFIG_MAILMOTE_REPLY_TEXT})
