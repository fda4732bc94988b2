package dev.vat.cli;

import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import dev.vat.settings.Setting;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `vat sandbox`: serves a folder as S3 on this computer, until stopped. What was stored stays.
@Command(
    description =
        "Serves a folder as S3 on this computer only (127.0.0.1), until Ctrl-C: for trying vat out"
            + " without an account. What was stored stays in the folder.")
final class SandboxCommand implements VatCommand {
  @Option(
      names = "--dir",
      required = true,
      paramLabel = "FOLDER",
      description = "where it keeps its data; made when absent")
  String dir;

  @Option(
      names = "--port",
      defaultValue = "9123",
      paramLabel = "N",
      description = "0 takes a free one. Default: 9123")
  int port;

  @Option(
      names = "--bucket",
      defaultValue = "collab",
      paramLabel = "NAME",
      description = "made when absent; several: repeat it. Default: collab")
  List<String> buckets;

  @Option(
      names = "--glacier-delay",
      converter = PauseConverter.class,
      paramLabel = "TIME",
      description =
          "how long every thaw takes, such as 20s. Default: as S3, 12h from Deep Archive, 48h in"
              + " bulk")
  Duration glacierDelay;

  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public String whenStopped() {
    return "Stopped. What was stored stays in " + Printable.of(dir) + ".";
  }

  private record Document(
      String endpoint, String clock, String dir, Map<String, String> settings) {}

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    Path folder = invocation.surroundings().resolve(dir);
    try (SandboxServer server = start(options(invocation, folder))) {
      tell(invocation.console(), server, folder);
      new CountDownLatch(1).await();
      return ExitCode.DONE;
    }
  }

  private SandboxOptions options(Invocation invocation, Path folder) {
    try {
      SandboxOptions options =
          SandboxOptions.in(folder, invocation.surroundings().clock())
              .withPort(port)
              .withBuckets(buckets.toArray(String[]::new));
      return glacierDelay == null ? options : options.withThawDelay(glacierDelay);
    } catch (IllegalArgumentException wrong) {
      throw CommandFailure.usage(
          "vat sandbox: " + wrong.getMessage(), "vat sandbox --help shows how it is used");
    }
  }

  private SandboxServer start(SandboxOptions options) throws IOException {
    try {
      return SandboxServer.start(options);
    } catch (IOException failed) {
      if (isTaken(failed)) {
        throw new CommandFailure(
            ExitCode.UNAVAILABLE,
            "port_taken",
            "port " + port + " is in use by another program",
            "take another one with --port, or any free one with --port 0",
            failed);
      }
      throw failed;
    }
  }

  private static boolean isTaken(Throwable failed) {
    return failed != null && (failed instanceof BindException || isTaken(failed.getCause()));
  }

  private static String clock(SandboxServer server) {
    return server.clockAddress()
        + " ("
        + (server.ahead().isZero() ? "right" : "ahead by " + Durations.of(server.ahead()))
        + "; POST ?forward=P180D moves it ahead)";
  }

  private void tell(Console console, SandboxServer server, Path folder) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(Setting.AWS_ENDPOINT_URL_S3.key(), server.endpoint().toString());
    settings.put(Setting.AWS_REGION.key(), "us-east-1");
    settings.put(Setting.AWS_ACCESS_KEY_ID.key(), SandboxOptions.ACCESS_KEY);
    settings.put(Setting.AWS_SECRET_ACCESS_KEY.key(), SandboxOptions.SECRET_KEY);
    settings.put(Setting.S3_COLLAB_BUCKET.key(), buckets.getFirst());
    console.line("S3 sandbox: " + server.endpoint());
    console.line("Folder:     " + Printable.of(folder.toString()));
    console.line("Buckets:    " + String.join(", ", buckets));
    console.line("Clock:      " + clock(server));
    console.line(
        "Thaws take: " + (glacierDelay == null ? "as long as S3's" : Durations.of(glacierDelay)));
    console.line();
    console.line("To use it, put these lines into .video-tools.env:");
    console.line();
    settings.forEach((key, value) -> console.line(key + "=" + value));
    console.line();
    console.line("Ctrl-C stops it.");
    console.document(
        "vat.sandbox/1",
        new Document(
            server.endpoint().toString(),
            server.clockAddress().toString(),
            folder.toString(),
            settings));
  }
}
