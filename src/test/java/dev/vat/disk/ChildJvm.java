package dev.vat.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A second process that runs a class of ours.
public final class ChildJvm {
  private ChildJvm() {}

  /// Its error output goes to ours; what it prints is read by the test.
  public static Process start(Class<?> main, String... arguments) throws IOException {
    return start(Map.of(), main, arguments);
  }

  /// @param surroundings environment variables to set
  public static Process start(Map<String, String> surroundings, Class<?> main, String... arguments)
      throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder child = new ProcessBuilder(command);
    child.environment().putAll(surroundings);
    return child.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
