# Install rules: headers, libraries, the program, a CMake package (find_package(mailmote COMPONENTS posix)), and
# pkg-config files.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/mailmote)
install(TARGETS ${mailmote_installed} EXPORT mailmote-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT mailmote-targets NAMESPACE mailmote:: DESTINATION ${package_dir})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/mailmote DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(TARGET mailmote_cli)
  install(TARGETS mailmote_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

configure_package_config_file(cmake/mailmote-config.cmake.in mailmote-config.cmake INSTALL_DESTINATION ${package_dir}
                              NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(mailmote-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/mailmote-config.cmake ${PROJECT_BINARY_DIR}/mailmote-config-version.cmake
        DESTINATION ${package_dir})

if(MAILMOTE_REPLY_TEXT)
  set(MAILMOTE_PC_CFLAGS " -DMAILMOTE_REPLY_TEXT=${MAILMOTE_REPLY_TEXT}")
endif()
configure_file(cmake/mailmote.pc.in mailmote.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/mailmote.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
if(TARGET mailmote_posix)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/port/posix/include/mailmote DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  configure_file(cmake/mailmote-posix.pc.in mailmote-posix.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/mailmote-posix.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endif()
