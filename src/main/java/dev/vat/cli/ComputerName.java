package dev.vat.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/// What this computer is called, for the records that travel with copies.
final class ComputerName {
  private ComputerName() {}

  /// @param environment `COMPUTERNAME` is Windows' own, `HOSTNAME` that of many shells
  static String of(Map<String, String> environment) {
    for (String key : new String[] {"COMPUTERNAME", "HOSTNAME"}) {
      String name = environment.getOrDefault(key, "").strip();
      if (!name.isEmpty()) {
        return name;
      }
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown";
    }
  }
}
