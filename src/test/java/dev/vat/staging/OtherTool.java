package dev.vat.staging;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;

/// The tools that others put footage into a bucket with, as real programs.
enum OtherTool {
  AWS_CLI("aws", "awscli"),
  RCLONE("rclone", "rclone"),
  /// As with `RCLONE`, which then notes no MD5 beside files that go in parts.
  RCLONE_WITHOUT_CHECKSUM("rclone", "rclone"),
  S3CMD("s3cmd", "s3cmd");

  private final String program;
  private final String debianPackage;

  OtherTool(String program, String debianPackage) {
    this.program = program;
    this.debianPackage = debianPackage;
  }

  /// Where and as whom.
  record Account(URI endpoint, String accessKey, String secretKey) {}

  /// Puts a folder's files below a place in the bucket; or says aloud that the tool is not here and
  /// aborts the test.
  ///
  /// @param address `s3://bucket/prefix/`
  /// @param work empty, for the tool's own files
  void puts(Path folder, String address, Account account, Path work, TestReporter reporter)
      throws IOException, InterruptedException {
    boolean there =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    if (!there) {
      String why = "NOT TESTED WITH " + program + ": needs the Debian package " + debianPackage;
      reporter.publishEntry(why);
      abort(why);
    }
    Files.createDirectories(work);
    run(
        switch (this) {
          case AWS_CLI -> aws(folder, address, account);
          case RCLONE -> rclone(folder, address, account, work, List.of());
          case RCLONE_WITHOUT_CHECKSUM ->
              rclone(folder, address, account, work, List.of("--s3-disable-checksum"));
          case S3CMD -> s3cmd(folder, address, account, work);
        },
        account,
        work);
  }

  /// As it comes: parts of 8 MiB from 8 MiB on.
  private static List<String> aws(Path folder, String address, Account account) {
    return List.of(
        "aws",
        "--endpoint-url",
        account.endpoint().toString(),
        "s3",
        "cp",
        "--recursive",
        "--only-show-errors",
        folder.toString(),
        address);
  }

  private static List<String> rclone(
      Path folder, String address, Account account, Path work, List<String> more)
      throws IOException {
    Path config = work.resolve("rclone.conf");
    Files.writeString(
        config,
        """
        [s3]
        type = s3
        provider = Other
        env_auth = true
        endpoint = %s
        no_check_bucket = true
        force_path_style = true
        list_version = 2
        """
            .formatted(account.endpoint()));
    List<String> command = new ArrayList<>(List.of("rclone", "--config", config.toString()));
    command.addAll(List.of("copy", "--s3-upload-cutoff", "5M", "--s3-chunk-size", "5M"));
    command.addAll(more);
    command.add(folder.toString());
    command.add(address.replace("s3://", "s3:"));
    return command;
  }

  /// As it comes: parts of 15 MiB above 15 MiB.
  private static List<String> s3cmd(Path folder, String address, Account account, Path work)
      throws IOException {
    Path config = work.resolve("s3cfg");
    Files.writeString(
        config,
        """
        [default]
        access_key = %s
        secret_key = %s
        host_base = %s
        host_bucket = %s
        bucket_location = us-east-1
        use_https = False
        """
            .formatted(
                account.accessKey(),
                account.secretKey(),
                account.endpoint().getAuthority(),
                account.endpoint().getAuthority()));
    return List.of(
        "s3cmd", "-c", config.toString(), "put", "--recursive", "--quiet", folder + "/", address);
  }

  private static void run(List<String> command, Account account, Path work)
      throws IOException, InterruptedException {
    Path output = work.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    // Nothing of the developer's own settings.
    builder.environment().keySet().removeIf(name -> name.matches("(AWS|RCLONE|S3CMD)_.*"));
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ACCESS_KEY_ID",
                account.accessKey(),
                "AWS_SECRET_ACCESS_KEY",
                account.secretKey(),
                "AWS_REGION",
                "us-east-1",
                "AWS_DEFAULT_REGION",
                "us-east-1",
                "AWS_CONFIG_FILE",
                work.resolve("none").toString(),
                "AWS_SHARED_CREDENTIALS_FILE",
                work.resolve("none").toString(),
                "AWS_EC2_METADATA_DISABLED",
                "true",
                // S3Proxy does not know the newest sums.
                "AWS_REQUEST_CHECKSUM_CALCULATION",
                "when_required"));
    Process process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException(command + " does not end:\n" + Files.readString(output));
    }
    if (process.exitValue() != 0) {
      throw new IOException(command + ":\n" + Files.readString(output));
    }
  }
}
