package dev.vat.mhl;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The JDK's digests, which every Java platform has (its Security Standard Algorithm Names).
final class Algorithms {
  private Algorithms() {}

  static MessageDigest md5() {
    return named("MD5");
  }

  static MessageDigest sha1() {
    return named("SHA-1");
  }

  static MessageDigest sha512() {
    return named("SHA-512");
  }

  private static MessageDigest named(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has " + name, impossible);
    }
  }
}
