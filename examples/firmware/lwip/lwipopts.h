/* lwIP without an operating system: IPv4 and, where it is asked for, IPv6, TCP by the raw API and DNS, in static memory.
   About 24 KB of RAM. */
#ifndef MAILMOTE_FIRMWARE_LWIPOPTS_H
#define MAILMOTE_FIRMWARE_LWIPOPTS_H

#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_SOCKET 0
#define LWIP_NETCONN 0
#define LWIP_RAW 0
#define LWIP_DNS 1

/* The server's name without a name server. */
#define DNS_LOCAL_HOSTLIST 1
#ifdef FIRMWARE_IPV6
#define LWIP_IPV6 1
#define DNS_LOCAL_HOSTLIST_INIT \
  { DNS_LOCAL_HOSTLIST_ELEM("mail.example.com", IPADDR6_INIT_HOST(0xfec00000, 0, 0, 2)) }
#else
#define DNS_LOCAL_HOSTLIST_INIT \
  { DNS_LOCAL_HOSTLIST_ELEM("mail.example.com", IPADDR4_INIT_BYTES(10, 0, 2, 2)) }
#endif

/* lwIP's own pools and its own buffer for segments: nothing calls malloc. */
#define MEM_LIBC_MALLOC 0
#define MEMP_MEM_MALLOC 0
#define MEM_ALIGNMENT 4
#define MEM_SIZE (8 * 1024)
#define PBUF_POOL_SIZE 8
#define MEMP_NUM_TCP_PCB 3
#define MEMP_NUM_TCP_PCB_LISTEN 1
#define MEMP_NUM_UDP_PCB 2

#define TCP_MSS 1460
#define TCP_WND (4 * TCP_MSS)
#define TCP_SND_BUF (2 * TCP_MSS)

#define LWIP_STATS 0

#endif
