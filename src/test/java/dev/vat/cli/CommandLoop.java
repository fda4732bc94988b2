package dev.vat.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A process of its own that runs one real command after the other: each line that it reads is a
/// command line, its words apart by tabs; it answers each with the exit code and what was said.
final class CommandLoop {
  private CommandLoop() {}

  public static void main(String[] arguments) throws IOException {
    RealTeam team = new RealTeam(Path.of(arguments[0]), URI.create(arguments[1]), arguments[2]);
    String user = arguments[3];
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      CommandRun run = team.run(user, line.split("\t"));
      System.out.println(run.exit() + " " + (run.out() + run.err()).replace('\n', '|'));
    }
  }
}
