package dev.vat.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The program that is killed: replaces one file again and again, tells each finished step.
final class EndlessReplacing {
  private EndlessReplacing() {}

  static String content(int version) {
    return ("version " + version + "\n").repeat(500);
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path target = folder.resolve("draft.mp4");
    FilePlacement placement = FilePlacement.ofThisSystem();
    for (int version = 1; ; version++) {
      String before = content(version - 1);
      Path source =
          Files.writeString(
              TemporaryName.resumable(target, "version " + version), content(version));
      Path aside = folder.resolve("kept/" + (version - 1) + "/draft.mp4");
      Proof proof =
          file -> {
            if (arguments.length > 1) {
              System.out.println("proving");
              System.in.read(); // until it is killed here
            }
            return Files.readString(file).equals(before);
          };
      Replaced result = placement.replace(source, target, aside, proof);
      if (!(result instanceof Replaced.Done)) {
        throw new IOException("nobody else is here, but: " + result);
      }
      System.out.println(version);
    }
  }
}
