package dev.vat.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The last look at what an error prints: secrets that we know of, and signatures in links, are
/// masked, whoever put them into the message. Safe to use from many threads.
final class Redaction {
  static final String MASK = "****";

  /// Shorter values are words like `test`; masking them would garble every message and hide
  /// nothing.
  private static final int SHORTEST_SECRET = 6;

  private static final Pattern SIGNATURE =
      Pattern.compile(
          "(?i)(X-Amz-(?:Signature|Credential|Security-Token)(?:=|%3D|\"?: ?\"?)|\\bSignature=|\\bCredential=)"
              + "[^&\\s\"'<>,;)]+");

  private final Set<String> secrets = ConcurrentHashMap.newKeySet();

  /// From now on this value is masked, also in the form it has inside a link.
  void hide(String secret) {
    if (secret.length() >= SHORTEST_SECRET) {
      secrets.add(secret);
      secrets.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    }
  }

  String apply(String text) {
    String masked = text;
    for (String secret :
        secrets.stream().sorted((a, b) -> Integer.compare(b.length(), a.length())).toList()) {
      masked = masked.replace(secret, MASK);
    }
    return SIGNATURE.matcher(masked).replaceAll("$1" + MASK);
  }
}
