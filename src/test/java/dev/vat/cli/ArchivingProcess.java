package dev.vat.cli;

import java.nio.file.Path;

/// `vat archive` in a process of its own, with a folder for a drive.
final class ArchivingProcess {
  private ArchivingProcess() {}

  /// @param arguments the repository, the drive, the projects
  public static void main(String[] arguments) throws Exception {
    Path drive = Path.of(arguments[1]);
    System.out.println("begun");
    CommandRun run =
        CommandRun.in(Path.of(arguments[0]))
            .at(new HandClock())
            .using(new PretendDrives(new CommandRun.NoCloud(), drive))
            .run("archive", arguments[2]);
    System.out.println(run.out() + run.err());
    System.exit(run.exit());
  }
}
