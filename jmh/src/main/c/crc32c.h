/* CRC-32C (Castagnoli), as java.util.zip.CRC32C has it. */
#ifndef CRC32C_H
#define CRC32C_H

#include <stddef.h>
#include <stdint.h>

static inline uint32_t crc32c(uint32_t crc, const char *bytes, size_t count) {
    static uint32_t table[256];
    if (table[1] == 0) {
        for (uint32_t i = 0; i < 256; i++) {
            uint32_t entry = i;
            for (int bit = 0; bit < 8; bit++) {
                entry = entry >> 1 ^ (entry & 1 ? 0x82F63B78u : 0);
            }
            table[i] = entry;
        }
    }
    crc = ~crc;
    for (size_t i = 0; i < count; i++) {
        crc = table[(crc ^ (uint8_t)bytes[i]) & 0xFF] ^ crc >> 8;
    }
    return ~crc;
}

#endif
