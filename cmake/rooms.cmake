# SPDX-License-Identifier: MIT
include(CheckCXXSourceCompiles)

# What nearly every file includes, compiled once for the whole build: a precompiled header takes 230 MB. A target that
# uses it has the same compiler flags; what it defines besides must mean nothing to these headers.
if(MEANWHILE_PCH)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/precompiled.cpp CONTENT "")
    add_library(mw_precompiled OBJECT ${CMAKE_BINARY_DIR}/precompiled.cpp)
    target_link_libraries(mw_precompiled PRIVATE Qt6::Core mw_warnings)
    target_precompile_headers(mw_precompiled PRIVATE <QtCore/QtCore> <memory> <variant> <optional> <functional> <chrono>)
endif()

# A room is one folder and one static library: mw_<name>, alias Meanwhile::<Name>.
#
#   meanwhile_room(tasks SOURCES task.cpp taskmanager.cpp USES Meanwhile::Base Qt6::Core)
#
# Sources that end in _linux.cpp or _unix.cpp are compiled on such systems alone.
# Includes are written from the folder above the room: #include "tasks/task.h".
function(meanwhile_room name)
    cmake_parse_arguments(ROOM "" "ROOT" "SOURCES;USES" ${ARGN})
    if(NOT ROOM_ROOT)
        set(ROOM_ROOT ${CMAKE_SOURCE_DIR}/src)
    endif()
    # What only one kind of system has ends in its name; another system needs files of its own beside them.
    if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux")
        list(FILTER ROOM_SOURCES EXCLUDE REGEX "_linux\\.cpp$")
    endif()
    if(NOT UNIX)
        list(FILTER ROOM_SOURCES EXCLUDE REGEX "_unix\\.cpp$")
    endif()
    set(target mw_${name})
    string(SUBSTRING ${name} 0 1 first)
    string(TOUPPER ${first} first)
    string(SUBSTRING ${name} 1 -1 rest)
    add_library(${target} STATIC ${ROOM_SOURCES})
    add_library(Meanwhile::${first}${rest} ALIAS ${target})
    target_include_directories(${target} PUBLIC ${ROOM_ROOT})
    target_link_libraries(${target} PUBLIC ${ROOM_USES} PRIVATE mw_warnings)
    if(MEANWHILE_PCH)
        target_precompile_headers(${target} REUSE_FROM mw_precompiled)
    endif()
endfunction()

# A program whose start counts: nothing but the libraries of C and C++, and these statically where it can, so no dynamic
# loading and no relocation.
function(meanwhile_small_program target)
    cmake_parse_arguments(PROGRAM "" "" "SOURCES" ${ARGN})
    add_executable(${target} ${PROGRAM_SOURCES})
    target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(${target} PRIVATE mw_warnings)
    target_compile_options(${target} PRIVATE -O2 -fno-exceptions -fno-rtti -fno-threadsafe-statics)
    set_target_properties(${target} PROPERTIES AUTOMOC OFF AUTOUIC OFF AUTORCC OFF)
    if(NOT MEANWHILE_SANITIZE)
        set(CMAKE_REQUIRED_LINK_OPTIONS -static-pie)
        check_cxx_source_compiles("#include <string>
            int main(int count, char **words) { return std::string(words[0]).size() < unsigned(count); }" MEANWHILE_STATIC_LIBC)
        unset(CMAKE_REQUIRED_LINK_OPTIONS)
        if(MEANWHILE_STATIC_LIBC)
            target_link_options(${target} PRIVATE -static-pie)
        else()
            target_link_options(${target} PRIVATE -Wl,--as-needed)
        endif()
    endif()
endfunction()

# One test executable a room; each test class is its own ctest entry, <room>.<Class>.
#
#   meanwhile_tests(tasks SOURCES tst_tasklog.cpp USES Meanwhile::Tasks)
#
# A source tst_<name>.cpp ends with MEANWHILE_TEST(ClassName); the class names are read from those lines.
function(meanwhile_tests room)
    cmake_parse_arguments(TESTS "GUI" "TIMEOUT" "SOURCES;USES;DEPENDS" ${ARGN})
    set(target test_${room})
    add_executable(${target} ${TESTS_SOURCES})
    target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(${target} PRIVATE ${TESTS_USES} mw_testsupport Qt6::Test mw_warnings)
    if(TESTS_GUI)
        target_link_libraries(${target} PRIVATE mw_testmain_gui)
    else()
        target_link_libraries(${target} PRIVATE mw_testmain)
    endif()
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    if(MEANWHILE_PCH)
        target_precompile_headers(${target} REUSE_FROM mw_precompiled)
        target_compile_options(${target} PRIVATE ${CMAKE_CXX_COMPILE_OPTIONS_PIC}) # not -fPIE, as the header's
    endif()
    if(TESTS_DEPENDS)
        add_dependencies(${target} ${TESTS_DEPENDS})
    endif()
    if(NOT TESTS_TIMEOUT)
        set(TESTS_TIMEOUT 120)
    endif()
    foreach(source IN LISTS TESTS_SOURCES)
        file(STRINGS ${source} lines REGEX "^MEANWHILE_TEST\\(")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
        foreach(line IN LISTS lines)
            string(REGEX REPLACE "^MEANWHILE_TEST\\(([A-Za-z0-9_]+)\\).*" "\\1" class "${line}")
            add_test(NAME ${room}.${class} COMMAND ${target} --class ${class})
            set_tests_properties(${room}.${class} PROPERTIES TIMEOUT ${TESTS_TIMEOUT}
                ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;MEANWHILE_BIN_DIR=${CMAKE_BINARY_DIR}/bin;MEANWHILE_TEST_HELPERS=${CMAKE_BINARY_DIR}/tests;UBSAN_OPTIONS=print_stacktrace=1")
        endforeach()
    endforeach()
endfunction()
