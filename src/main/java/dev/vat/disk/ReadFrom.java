package dev.vat.disk;

/// Where the bytes came from that were compared.
public enum ReadFrom {
  /// The device itself, past the system's page cache: a proof (design 7.1).
  DEVICE,

  /// Perhaps only the page cache, because this file system cannot be read past it. The content was
  /// right in memory, and that proves nothing about the disk: nothing may be released for it.
  PAGE_CACHE_ONLY
}
