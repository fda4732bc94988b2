package dev.vat.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// Everything outside that a command line can see or touch. Whole command lines run in-process by
/// giving them other surroundings: that is how the tests and the demo run them.
///
/// @param folder the working folder, absolute
/// @param home the user's home folder, absolute
/// @param userName as the operating system knows the user
/// @param zone for the times that are shown; asked for by who shows one, because the JDK looks for
///     time zones in every jar of the program when it is asked first
public record Surroundings(
    Path folder,
    Path home,
    String userName,
    OperatingSystem system,
    Map<String, String> environment,
    Terminal terminal,
    InstantSource clock,
    Supplier<ZoneId> zone,
    Interruption interruption) {
  public Surroundings {
    if (!folder.isAbsolute() || !home.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + folder + ", " + home);
    }
    Objects.requireNonNull(userName);
    Objects.requireNonNull(system);
    environment = Map.copyOf(environment);
    Objects.requireNonNull(terminal);
    Objects.requireNonNull(clock);
    Objects.requireNonNull(zone);
    Objects.requireNonNull(interruption);
  }

  /// A path as the user typed it: relative ones start at the working folder.
  ///
  /// @throws java.nio.file.InvalidPathException when it cannot be a path on this system
  Path resolve(String typed) {
    return folder.resolve(typed).normalize();
  }
}
