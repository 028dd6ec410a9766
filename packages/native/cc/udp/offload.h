#ifndef MADANG_UDP_OFFLOAD_H_
#define MADANG_UDP_OFFLOAD_H_

// What the system's sockets can do. MADANG_PORTABLE_IO builds the ways of other systems on Linux, for tests.

#if defined(__linux__) && !defined(MADANG_PORTABLE_IO)
#define MADANG_HAS_MMSG 1
#else
#define MADANG_HAS_MMSG 0
#endif

#ifdef __linux__
#include <netinet/udp.h>
// Older headers lack them; the numbers are the kernel's.
#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif
#ifndef UDP_GRO
#define UDP_GRO 104
#endif
#endif

#endif  // MADANG_UDP_OFFLOAD_H_
