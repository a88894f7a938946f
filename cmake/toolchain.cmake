# SPDX-License-Identifier: MIT
# The compiler's settings, one place for all rooms: C++20, warnings are errors, a fast linker and ccache where found.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib/meanwhile)

add_library(mw_warnings INTERFACE)
target_compile_options(mw_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough
    -Wno-missing-field-initializers) # a struct's members have their own defaults
# Only with the compiler we build with: a newer one knows more warnings, and must not stop a person's first build.
if(MEANWHILE_WERROR AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(mw_warnings INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
    target_compile_options(mw_warnings INTERFACE -Wno-null-dereference) # false alarms inside of Qt's containers
endif()
target_compile_definitions(mw_warnings INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH QT_DISABLE_DEPRECATED_BEFORE=0x060400)

if(MEANWHILE_SANITIZE)
    add_compile_options(-fsanitize=${MEANWHILE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${MEANWHILE_SANITIZE})
endif()

# What Debian builds its packages with.
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT MEANWHILE_SANITIZE)
    add_compile_options(-fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
    add_link_options(-Wl,-z,relro -Wl,-z,now)
endif()

find_program(MEANWHILE_CCACHE ccache)
if(MEANWHILE_CCACHE)
    # A precompiled header is only cacheable with these; see the ccache manual, "Precompiled headers".
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${MEANWHILE_CCACHE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options(-fpch-preprocess)
    endif()
endif()

find_program(MEANWHILE_MOLD mold)
if(MEANWHILE_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

if(MEANWHILE_TIDY)
    find_program(MEANWHILE_CLANG_TIDY clang-tidy REQUIRED)
    set(CMAKE_CXX_CLANG_TIDY ${MEANWHILE_CLANG_TIDY} --warnings-as-errors=* --quiet)
endif()
