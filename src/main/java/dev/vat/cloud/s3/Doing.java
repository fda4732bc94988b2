package dev.vat.cloud.s3;

/// What a call was about, for messages.
///
/// @param verb completes "could not ...": for example `upload`
/// @param key of the object, or the prefix
/// @param permission what credentials need for it
record Doing(String verb, String key, String permission) {}
