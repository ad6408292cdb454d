// For the sources behind the C interface that make objects of classes with virtual functions at run time. Without
// optimisation their constructors name the tables of the abstract bases, and these the C++ library's answer to a call
// that cannot happen. With this one a program in C needs no C++ library; where there is one, either will do.
#ifndef MAILMOTE_C_NO_RUNTIME_HPP
#define MAILMOTE_C_NO_RUNTIME_HPP

extern "C" [[gnu::weak]] void __cxa_pure_virtual() { __builtin_trap(); }

#endif
