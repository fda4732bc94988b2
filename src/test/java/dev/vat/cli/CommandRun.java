package dev.vat.cli;

import dev.vat.cloud.Condition;
import dev.vat.cloud.ObjectStore;
import dev.vat.settings.S3Access;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What came of a whole command line, run in this process.
record CommandRun(int exit, String out, String err) {
  /// A person at a computer: what they run, they run in this folder.
  static Person in(Path folder) {
    return new Person(folder);
  }

  static final class Person {
    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();
    private Path home;
    private String typed = "";
    private boolean terminal;
    private boolean unicode = true;
    private OperatingSystem system = OperatingSystem.LINUX;
    private String user = "david";
    private InstantSource clock = new HandClock();
    private CommandList commands = CommandList.standard();
    private Services services = new NoCloud();

    private Person(Path folder) {
      this.folder = folder;
      this.home = folder.resolveSibling("home-of-" + folder.getFileName());
    }

    Person with(String key, String value) {
      environment.put(key, value);
      return this;
    }

    Person on(OperatingSystem other) {
      system = other;
      return this;
    }

    Person at(InstantSource other) {
      clock = other;
      return this;
    }

    Person called(String other) {
      user = other;
      return this;
    }

    Person home(Path other) {
      home = other;
      return this;
    }

    Person withoutUnicode() {
      unicode = false;
      return this;
    }

    Person knowing(CommandEntry... entries) {
      commands = new CommandList(List.of(entries));
      return this;
    }

    Person using(Services other) {
      services = other;
      return this;
    }

    /// At a terminal, where these lines will be typed.
    Person typing(String... lines) {
      terminal = true;
      typed = String.join("\n", lines) + (lines.length == 0 ? "" : "\n");
      return this;
    }

    CommandRun run(String... arguments) {
      PaperTerminal paper = new PaperTerminal(terminal, unicode, typed);
      int exit = Vat.run(commands, surroundings(paper), services, arguments);
      return new CommandRun(exit, paper.written(), paper.writtenToErr());
    }

    Surroundings surroundings(Terminal paper) {
      return new Surroundings(
          folder,
          home,
          user,
          system,
          environment,
          paper,
          clock,
          () -> ZoneOffset.UTC,
          whenStopped -> () -> {});
    }
  }

  /// For commands that touch no cloud.
  static final class NoCloud implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking) {
      throw new AssertionError("this command was not to touch the cloud");
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }
}
