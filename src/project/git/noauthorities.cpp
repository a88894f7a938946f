// SPDX-License-Identifier: MIT

/// Instead of the function of this name in mbed TLS. A libgit2 that was built with it, as Debian's is, has it
/// read the system's certificates as soon as it is initialised: 16 ms and a megabyte for connections that are
/// never made from here. The answer is that the file cannot be read (MBEDTLS_ERR_X509_FILE_IO_ERROR in
/// x509.h), with which libgit2 goes on.
///
/// libgit2 finds this one because it is loaded by this module: the objects that dlopen(3) brings are searched
/// from the one that was asked for.
extern "C" __attribute__((visibility("default"))) int mbedtls_x509_crt_parse_file(void *, const char *);

int mbedtls_x509_crt_parse_file(void *, const char *)
{
    return -0x2900;
}
