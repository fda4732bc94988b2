package dev.vat.cli;

import dev.vat.project.Repository;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import dev.vat.settings.EnvFileWriter;
import dev.vat.settings.Setting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// David and Jan of the demo: each with an own repository, as on two computers, and the real
/// commands run in it.
final class DemoTeam {
  private static final String REPOSITORY = "v-appydave";

  private final Invocation invocation;
  private final Path folder;
  private final Optional<SandboxServer> server;
  private final String bucket;
  private final PrintStream shown;

  /// @param server the demo's own, whose clock is everybody's; without one nobody has S3
  /// @param bucket where files are shared
  DemoTeam(Invocation invocation, Path folder, Optional<SandboxServer> server, String bucket) {
    this.invocation = invocation;
    this.folder = folder;
    this.server = server;
    this.bucket = bucket;
    Terminal terminal = invocation.surroundings().terminal();
    // With --json, standard output carries the demo's own document alone.
    this.shown = invocation.console().json() ? terminal.err() : terminal.out();
  }

  /// Makes somebody's repository, with settings for the demo's server if there is one.
  void join(String user) throws IOException {
    Path repository = Files.createDirectories(repository(user));
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    server.ifPresent(
        s3 -> {
          values.put(Setting.AWS_ENDPOINT_URL_S3, s3.endpoint().toString());
          values.put(Setting.AWS_REGION, "us-east-1");
          values.put(Setting.AWS_ACCESS_KEY_ID, SandboxOptions.ACCESS_KEY);
          values.put(Setting.AWS_SECRET_ACCESS_KEY, SandboxOptions.SECRET_KEY);
          values.put(Setting.S3_COLLAB_BUCKET, bucket);
        });
    values.put(Setting.S3_SYNC_USER, user);
    EnvFileWriter.create(
        repository.resolve(Repository.SETTINGS_FILE), EnvFileWriter.render(values));
  }

  /// Gives somebody a folder for an SSD, named like one: what is on it counts as on another disk,
  /// which is all that is pretended.
  void plugIn(String user) throws IOException {
    Path drive = Files.createDirectories(drive());
    set(user, Setting.SSD_BASE, drive.toString());
    set(user, Setting.SSD_SAME_DISK_OK, "1");
  }

  /// Adds a line to somebody's settings.
  void set(String user, Setting setting, String value) throws IOException {
    Files.writeString(
        repository(user).resolve(Repository.SETTINGS_FILE),
        "%s=%s%n".formatted(setting, value),
        StandardOpenOption.APPEND);
  }

  /// Lets time pass for everybody, and in S3: what is due by then happens.
  void pass(Duration time) throws IOException {
    server.orElseThrow().forward(time);
  }

  /// Takes the folder for the SSD away, as a pulled cable does.
  void unplug() throws IOException {
    Files.move(drive(), drawer());
  }

  /// Brings it back.
  void plugInAgain() throws IOException {
    Files.move(drawer(), drive());
  }

  private Path drawer() {
    return folder.resolve("T7 in the drawer");
  }

  /// Changes one bit of a file on the SSD, and leaves its size and time as they were.
  void damageOnDrive(String name) throws IOException {
    Path file = drive().resolve(name);
    FileTime time = Files.getLastModifiedTime(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      long middle = channel.size() / 2;
      channel.read(one, middle);
      one.put(0, (byte) (one.get(0) ^ 1)).rewind();
      channel.write(one, middle);
    }
    Files.setLastModifiedTime(file, time);
  }

  private Path drive() {
    return folder.resolve("T7");
  }

  /// Puts one of the demo's files into somebody's project, as an export or a save would.
  void save(String user, String resource, String place) throws IOException {
    Path target = repository(user).resolve(place);
    Files.createDirectories(target.getParent());
    try (InputStream in = resource(resource)) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// Whether a file in somebody's repository is, byte for byte, one of the demo's.
  boolean isAs(String user, String place, String resource) throws IOException {
    try (InputStream kept = resource(resource);
        InputStream found = Files.newInputStream(repository(user).resolve(place))) {
      return Arrays.equals(kept.readAllBytes(), found.readAllBytes());
    }
  }

  private static InputStream resource(String name) {
    InputStream in = DemoTeam.class.getResourceAsStream("/dev/vat/demo/" + name);
    if (in == null) {
      throw new IllegalStateException("the demo's file " + name + " is missing in the build");
    }
    return in;
  }

  /// Runs a real command in somebody's repository.
  ///
  /// @return its exit code
  int run(String user, String... arguments) {
    Surroundings ours = invocation.surroundings();
    Surroundings theirs =
        new Surroundings(
            repository(user),
            folder.resolve(user),
            user,
            ours.system(),
            environment(ours),
            new Unattended(ours.terminal(), shown),
            () ->
                ours.clock().instant().plus(server.map(SandboxServer::ahead).orElse(Duration.ZERO)),
            ours.zone(),
            ours.interruption());
    return Vat.run(theirs, new PretendDrives(invocation.services(), drive()), arguments);
  }

  private Path repository(String user) {
    return folder.resolve(user).resolve(REPOSITORY);
  }

  /// Without the settings of whoever runs the demo: they must not leak into it, nor the demo out to
  /// their account.
  private static Map<String, String> environment(Surroundings ours) {
    Map<String, String> environment = new HashMap<>(ours.environment());
    environment.keySet().removeIf(key -> key.startsWith("AWS_"));
    for (Setting setting : Setting.values()) {
      environment.remove(setting.key());
    }
    return environment;
  }

  /// The same terminal with nobody at it: the demo asks no questions.
  ///
  /// @param data where the commands' results go
  private record Unattended(Terminal terminal, PrintStream data) implements Terminal {
    @Override
    public BufferedReader in() {
      return new BufferedReader(Reader.nullReader());
    }

    @Override
    public PrintStream out() {
      return data;
    }

    @Override
    public PrintStream err() {
      return terminal.err();
    }

    @Override
    public boolean inIsTerminal() {
      return false;
    }

    @Override
    public boolean outIsTerminal() {
      return terminal.outIsTerminal();
    }

    @Override
    public boolean errIsTerminal() {
      return terminal.errIsTerminal();
    }

    @Override
    public int width() {
      return terminal.width();
    }

    @Override
    public boolean unicode() {
      return terminal.unicode();
    }

    @Override
    public boolean ansi() {
      return terminal.ansi();
    }

    @Override
    public String readSecret(String prompt) {
      return null;
    }
  }
}
