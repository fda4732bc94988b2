package dev.vat.cloud;

import java.time.Instant;

/// A write in parts that nobody has completed or aborted.
///
/// @param key what it would become
/// @param uploadId S3's name for it
/// @param initiatedAt by S3's clock
/// @param initiator who began it, as the server names them; empty where it does not say
public record OpenUpload(String key, String uploadId, Instant initiatedAt, String initiator) {}
