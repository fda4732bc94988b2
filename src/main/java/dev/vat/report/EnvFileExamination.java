package dev.vat.report;

import dev.vat.project.Repository;
import dev.vat.settings.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Whether anybody else can read the files that hold secrets (design, section 7.11).
final class EnvFileExamination implements Examination {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  /// File systems that keep no permissions: the same made-up ones are shown for every file, and
  /// `chmod` changes nothing. Names as Linux, macOS and WSL give them.
  private static final Set<String> WITHOUT_PERMISSIONS =
      Set.of("exfat", "vfat", "msdos", "fuseblk", "ntfs", "ntfs3", "9p", "v9fs", "drvfs");

  private final Optional<Repository> repository;
  private final Machine machine;

  EnvFileExamination(Optional<Repository> repository, Machine machine) {
    this.repository = repository;
    this.machine = machine;
  }

  @Override
  public Check check() {
    return Check.ENV_FILE;
  }

  @Override
  public void run(Consumer<Finding> to) throws IOException {
    List<Path> files = new ArrayList<>();
    repository.ifPresent(r -> files.add(r.settingsFile()));
    if (Files.exists(machine.userSettingsFile())) {
      files.add(machine.userSettingsFile());
    }
    for (Path file : files) {
      to.accept(look(file));
    }
    if (files.isEmpty()) {
      to.accept(Finding.note(Check.ENV_FILE, "There is no settings file to look at.", ""));
    }
  }

  private Finding look(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return Finding.note(
          Check.ENV_FILE,
          "Who may read "
              + file
              + " was not checked: this system's permissions are of another kind.",
          "Look at the file's properties, \"Security\": only you should be in the list.");
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    if (permissions.stream().noneMatch(OTHERS::contains)) {
      return Finding.ok(Check.ENV_FILE, "Only you can read " + file + ".");
    }
    String type = Files.getFileStore(file).type().toLowerCase(Locale.ROOT);
    if (WITHOUT_PERMISSIONS.contains(type)) {
      return Finding.warning(
          Check.ENV_FILE,
          "Everybody who uses this computer can read "
              + file
              + ": its drive ("
              + type
              + ") keeps no permissions, and the file may hold your keys.",
          "Put the AWS_ lines into "
              + machine.userSettingsFile()
              + " instead, and chmod 600 that.");
    }
    return Finding.problem(
        Check.ENV_FILE,
        "Others on this computer can read or change "
            + file
            + " (mode "
            + PosixFilePermissions.toString(permissions)
            + "), and it may hold your keys.",
        "chmod 600 " + quoted(file));
  }

  private static String quoted(Path file) {
    String text = file.toString();
    return text.matches("[A-Za-z0-9_./~+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
