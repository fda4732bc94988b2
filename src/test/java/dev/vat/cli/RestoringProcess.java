package dev.vat.cli;

import java.nio.file.Path;

/// `vat restore` from a drive, which is a folder, in a process of its own.
final class RestoringProcess {
  private RestoringProcess() {}

  /// @param arguments the repository, the drive, the words after `restore`
  public static void main(String[] arguments) throws Exception {
    System.out.println("begun");
    CommandRun run = run(Path.of(arguments[0]), Path.of(arguments[1]), "restore", arguments[2]);
    System.out.println(run.out() + run.err());
    System.exit(run.exit());
  }

  static CommandRun run(Path repository, Path drive, String... words) {
    return CommandRun.in(repository)
        .at(new HandClock())
        .using(new PretendDrives(new CommandRun.NoCloud(), drive))
        .run(words);
  }
}
