# mailmote_compile_options(target [EMBEDDED]): warnings, and for what runs on devices too, the flags that keep heap,
# exceptions and run-time support out. Nothing here reaches the users of a target.

set(MAILMOTE_GNU_LIKE "$<OR:$<CXX_COMPILER_ID:GNU>,$<CXX_COMPILER_ID:Clang>,$<CXX_COMPILER_ID:AppleClang>>")

function(mailmote_compile_options target)
  cmake_parse_arguments(arg "EMBEDDED" "" "" ${ARGN})
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF C_EXTENSIONS OFF)
  target_compile_options(${target} PRIVATE
    "$<${MAILMOTE_GNU_LIKE}:-Wall;-Wextra;-Wpedantic;-Wconversion;-Wshadow;-Wswitch-enum;-Wundef>")
  if(MAILMOTE_WARNINGS_AS_ERRORS)
    target_compile_options(${target} PRIVATE "$<${MAILMOTE_GNU_LIKE}:-Werror>")
  endif()
  if(arg_EMBEDDED)
    target_compile_options(${target} PRIVATE
      "$<$<AND:$<COMPILE_LANGUAGE:CXX>,${MAILMOTE_GNU_LIKE}>:-fno-exceptions;-fno-rtti;-fno-threadsafe-statics>"
      "$<${MAILMOTE_GNU_LIKE}:-ffunction-sections;-fdata-sections>")
  endif()
endfunction()

# For the whole build, because a sanitizer must see all of a program. vptr is off: it needs the core's RTTI.
if(MAILMOTE_SANITIZE AND MAILMOTE_TOP_LEVEL)
  add_compile_options(-fsanitize=${MAILMOTE_SANITIZE} -fno-sanitize=vptr -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${MAILMOTE_SANITIZE})
endif()
