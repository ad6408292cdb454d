/* Mbed TLS 3.6 as a client of TLS 1.2 and 1.3: P-256 and RSA certificates, AES-128-GCM, SHA-256. About 85 KB of flash
   on a Cortex-M4. All its memory comes from the arena that the application gives it. */
#ifndef MAILMOTE_FIRMWARE_MBEDTLS_CONFIG_H
#define MAILMOTE_FIRMWARE_MBEDTLS_CONFIG_H

#include <stdio.h> /* declares what nothing links */

/* Platform: no files, no clock, no heap, no stdio. Random numbers come from mbedtls_psa_external_get_random(). */
#define MBEDTLS_HAVE_ASM
#define MBEDTLS_PLATFORM_C
#define MBEDTLS_PLATFORM_MEMORY
#define MBEDTLS_PLATFORM_NO_STD_FUNCTIONS
#define MBEDTLS_MEMORY_BUFFER_ALLOC_C
#define MBEDTLS_MEMORY_DEBUG /* counts the arena's high-water mark */
#define MBEDTLS_PLATFORM_FPRINTF_MACRO firmware_print_nothing
#define MBEDTLS_PLATFORM_SNPRINTF_MACRO snprintf
#define firmware_print_nothing(...) ((void)0)
#define MBEDTLS_PLATFORM_EXIT_MACRO firmware_exit
#ifdef __cplusplus
extern "C" {
#endif
void firmware_exit(int status); /* when the arena is damaged */
#ifdef __cplusplus
}
#endif
#define MBEDTLS_PSA_CRYPTO_EXTERNAL_RNG

/* Records: the server may send full ones, ours are short. */
#define MBEDTLS_SSL_IN_CONTENT_LEN 16384
#define MBEDTLS_SSL_OUT_CONTENT_LEN 4096

#define MBEDTLS_SSL_TLS_C
#define MBEDTLS_SSL_CLI_C
#define MBEDTLS_SSL_PROTO_TLS1_2
#define MBEDTLS_SSL_PROTO_TLS1_3
#define MBEDTLS_SSL_TLS1_3_COMPATIBILITY_MODE
#define MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_EPHEMERAL_ENABLED
#define MBEDTLS_KEY_EXCHANGE_ECDHE_ECDSA_ENABLED
#define MBEDTLS_KEY_EXCHANGE_ECDHE_RSA_ENABLED
#define MBEDTLS_SSL_EXTENDED_MASTER_SECRET
#define MBEDTLS_SSL_MAX_FRAGMENT_LENGTH
#define MBEDTLS_SSL_SERVER_NAME_INDICATION
#define MBEDTLS_SSL_KEEP_PEER_CERTIFICATE /* TLS 1.3 of this version asks for it */

#define MBEDTLS_X509_USE_C
#define MBEDTLS_X509_CRT_PARSE_C
#define MBEDTLS_X509_RSASSA_PSS_SUPPORT
#define MBEDTLS_X509_REMOVE_INFO
#define MBEDTLS_PK_C
#define MBEDTLS_PK_PARSE_C

#define MBEDTLS_AES_C
#define MBEDTLS_AES_ROM_TABLES
#define MBEDTLS_AES_FEWER_TABLES
#define MBEDTLS_AES_ONLY_128_BIT_KEY_LENGTH
#define MBEDTLS_ASN1_PARSE_C
#define MBEDTLS_ASN1_WRITE_C
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_CIPHER_C
#define MBEDTLS_ECDH_C
#define MBEDTLS_ECDSA_C
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED
#define MBEDTLS_ECP_NIST_OPTIM
#define MBEDTLS_ECP_WINDOW_SIZE 2
#define MBEDTLS_GCM_C
#define MBEDTLS_HKDF_C
#define MBEDTLS_MD_C
#define MBEDTLS_MPI_MAX_SIZE 512 /* RSA of up to 4096 bits */
#define MBEDTLS_OID_C
#define MBEDTLS_PKCS1_V15
#define MBEDTLS_PKCS1_V21
#define MBEDTLS_PSA_CRYPTO_C
#define MBEDTLS_PSA_KEY_SLOT_COUNT 8
#define MBEDTLS_RSA_C
#define MBEDTLS_SHA256_C

#endif
