package dev.vat.cli;

import dev.vat.mhl.Creator;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/// Whom checksum histories name as their creator.
final class ThisComputer {
  private ThisComputer() {}

  static Creator creator(Surroundings surroundings) {
    return Creator.vat(name(surroundings.environment()), Version.vat());
  }

  private static String name(Map<String, String> environment) {
    String told = environment.getOrDefault("COMPUTERNAME", environment.get("HOSTNAME"));
    if (told != null && !told.isBlank()) {
      return told;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown";
    }
  }
}
