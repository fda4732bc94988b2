package dev.vat.catalog;

import java.util.Optional;

/// Where the places are on this computer (`config` in `projects.json`): for people, and for older
/// tools that read it.
///
/// @param localBase the repository's folder
/// @param ssdBase the folder on the SSD, if one is set
public record Places(String localBase, Optional<String> ssdBase) {}
