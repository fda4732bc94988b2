package dev.vat.cli;

import dev.vat.project.Repository;
import dev.vat.settings.ArchivePlace;
import dev.vat.settings.CollabPlace;
import dev.vat.settings.EnvFileWriter;
import dev.vat.settings.S3Access;
import dev.vat.settings.Setting;
import dev.vat.settings.Settings;
import dev.vat.settings.SettingsSources;
import dev.vat.settings.SsdBase;
import dev.vat.settings.SyncUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `vat init`: makes a folder a repository. Run again, it only adds what is missing; a settings
/// file that exists is never changed.
///
/// There is no option for keys: a command line can be read by every program on the computer, and
/// stays in the shell's history.
@Command(
    description =
        "Sets up the brand's folder: writes .video-tools.env, and keeps it and the shared video"
            + " files out of git. Asks on a terminal; what an option says is not asked. S3 keys"
            + " are asked for, or go into the file: there is no option for secrets.")
final class InitCommand implements VatCommand {
  @Option(
      names = "--collab-bucket",
      paramLabel = "BUCKET",
      description = "bucket that the team shares files through")
  String collabBucket;

  @Option(
      names = "--collab-prefix",
      paramLabel = "PREFIX",
      description = "what shared keys begin with")
  String collabPrefix;

  @Option(
      names = "--archive-bucket",
      paramLabel = "BUCKET",
      description = "bucket for archived projects")
  String archiveBucket;

  @Option(names = "--region", description = "the buckets' region, for example ap-southeast-1")
  String region;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "an S3-compatible server that is not AWS")
  String endpoint;

  @Option(names = "--profile", description = "a profile of the AWS tools, instead of keys")
  String profile;

  @Option(names = "--user", paramLabel = "NAME", description = "who you are to your team")
  String user;

  @Option(names = "--ssd-base", paramLabel = "FOLDER", description = "the folder on the SSD")
  String ssdBase;

  @Option(
      names = "--repo-name",
      paramLabel = "NAME",
      description = "this repository's name in S3, when git's is not right")
  String repoName;

  @Mixin ChangeOptions change = new ChangeOptions();
  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public OutputOptions output() {
    return output;
  }

  private record Document(
      String repository,
      boolean dryRun,
      String settingsFile,
      boolean settingsCreated,
      List<String> gitIgnoreAdded) {}

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    Path folder = folder(invocation);
    Path file = folder.resolve(Repository.SETTINGS_FILE);
    boolean exists = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    Console console = invocation.console();
    boolean created = false;
    if (exists) {
      refuseOptions(file);
      said(console, Symbol.SAME, file + " - already there, kept as it is");
    } else {
      created = createSettings(invocation, folder, file);
    }
    GitIgnoreFile gitIgnore = GitIgnoreFile.in(folder);
    complete(console, gitIgnore);
    console.document(
        "vat.init/1",
        new Document(
            folder.toString(), change.dryRun, file.toString(), created, gitIgnore.missing()));
    if (created) {
      console.line();
      console.line("Next: vat config shows what holds; change it in " + shown(file));
    }
    return ExitCode.DONE;
  }

  /// The repository that this folder is in; else the top of its git work tree; else this folder.
  private static Path folder(Invocation invocation) throws IOException {
    Optional<Repository> known = CurrentRepository.find(invocation);
    if (known.isPresent()) {
      return known.get().root();
    }
    Path here = invocation.surroundings().folder().toRealPath();
    Path folder = here;
    for (Path at = here; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        folder = at;
        break;
      }
    }
    Path home = invocation.surroundings().home();
    if (folder.getParent() == null || (Files.exists(home) && folder.equals(home.toRealPath()))) {
      throw CommandFailure.usage(
          shown(folder) + " is no brand's folder: everything in it would belong to the repository",
          "go into the brand's folder (for example v-appydave) and run vat init there");
    }
    return folder;
  }

  /// Options that change nothing must not look as if they did.
  private void refuseOptions(Path file) {
    if (!fromOptions().isEmpty()) {
      throw CommandFailure.usage(
          shown(file) + " exists already and is never changed by vat",
          "change these in the file: "
              + String.join(", ", fromOptions().keySet().stream().map(Setting::key).toList()));
    }
  }

  private boolean createSettings(Invocation invocation, Path folder, Path file) throws IOException {
    Map<Setting, String> values = fromOptions();
    Questions questions = invocation.console().questions(change.yes);
    if (questions.canAsk() && !change.yes && !change.dryRun) {
      new InitQuestions(questions, invocation).ask(values);
    }
    check(invocation, values, folder);
    if (change.dryRun) {
      said(invocation.console(), Symbol.NEXT, file + " - would be created" + with(values));
      return false;
    }
    return switch (EnvFileWriter.create(file, EnvFileWriter.render(values))) {
      case CREATED -> {
        said(invocation.console(), Symbol.DONE, file + " - created" + with(values));
        yield true;
      }
      case ALREADY_THERE -> {
        said(invocation.console(), Symbol.SAME, file + " - already there, kept as it is");
        yield false;
      }
    };
  }

  private void complete(Console console, GitIgnoreFile gitIgnore) throws IOException {
    String lines = String.join("  ", gitIgnore.missing());
    if (gitIgnore.missing().isEmpty()) {
      said(console, Symbol.SAME, gitIgnore.path() + " - complete already");
    } else if (change.dryRun) {
      said(console, Symbol.NEXT, gitIgnore.path() + " - would get: " + lines);
    } else {
      gitIgnore.complete();
      said(console, Symbol.DONE, gitIgnore.path() + " - added: " + lines);
    }
  }

  private Map<Setting, String> fromOptions() {
    Map<Setting, String> values = new TreeMap<>();
    put(values, Setting.S3_COLLAB_BUCKET, collabBucket);
    put(values, Setting.S3_COLLAB_PREFIX, collabPrefix);
    put(values, Setting.S3_ARCHIVE_BUCKET, archiveBucket);
    put(values, Setting.AWS_REGION, region);
    put(values, Setting.AWS_ENDPOINT_URL_S3, endpoint);
    put(values, Setting.AWS_PROFILE, profile);
    put(values, Setting.S3_SYNC_USER, user);
    put(values, Setting.SSD_BASE, ssdBase);
    put(values, Setting.S3_REPO_NAME, repoName);
    return values;
  }

  private static void put(Map<Setting, String> values, Setting setting, String given) {
    if (given != null && !given.isBlank()) {
      values.put(setting, given.strip());
    }
  }

  /// Finds wrong values before anything is written. Only these: what the environment says now need
  /// not hold tomorrow.
  private static void check(Invocation invocation, Map<Setting, String> values, Path folder) {
    Settings settings =
        Settings.load(
            new SettingsSources(
                values,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                CurrentRepository.machine(invocation.surroundings())));
    S3Access.of(settings);
    SsdBase.ifSet(settings);
    if (values.containsKey(Setting.S3_SYNC_USER)) {
      SyncUser.of(settings);
    }
    if (values.containsKey(Setting.S3_COLLAB_BUCKET)) {
      CollabPlace.of(settings, folder);
    }
    ArchivePlace.ifSet(settings);
  }

  private static String with(Map<Setting, String> values) {
    return values.isEmpty()
        ? ", with examples to fill in"
        : " with " + String.join(", ", values.keySet().stream().map(Setting::key).toList());
  }

  private static void said(Console console, Symbol sign, String text) {
    console.line(console.style().sign(sign) + " " + Printable.of(text));
  }

  private static String shown(Path path) {
    return Printable.of(path.toString());
  }
}
