package dev.vat.sandbox;

import java.time.Instant;
import java.util.Map;
import java.util.Properties;

/// A bucket.
///
/// @param region empty for S3's first one
record Bucket(String name, Instant created, String region) {
  /// S3's naming rules, those that are about characters.
  ///
  /// @throws IllegalArgumentException when a bucket cannot have this name
  static void checkName(String name) {
    if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
        || name.contains("..")
        || name.matches("[\\d.]+")) {
      throw new IllegalArgumentException(
          "a bucket's name is 3 to 63 of a-z, 0-9, '.' and '-', such as my-videos; not " + name);
    }
  }

  /// What the paths of its objects begin with.
  String path() {
    return "/" + name + "/";
  }

  Properties facts() {
    Properties facts = new Properties();
    facts.putAll(Map.of("name", name, "created", created.toString(), "region", region));
    return facts;
  }

  static Bucket of(Properties facts) {
    return new Bucket(
        facts.getProperty("name"),
        Instant.parse(facts.getProperty("created")),
        facts.getProperty("region"));
  }
}
