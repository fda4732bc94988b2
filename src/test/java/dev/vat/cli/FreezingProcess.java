package dev.vat.cli;

import dev.vat.cloud.Condition;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.settings.S3Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// `vat freeze` on a sandbox, with copies that go in parts of 5 MiB: in this process, or in one of
/// its own.
///
/// @param repository where it is run
/// @param endpoint of the sandbox, or of what stands before it
/// @param prefix of the archive place
record FreezingProcess(Path repository, String endpoint, String prefix) {
  /// @param arguments the repository, the endpoint, the prefix, the projects
  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    CommandRun run =
        new FreezingProcess(Path.of(words.get(0)), words.get(1), words.get(2))
            .run(words.subList(3, words.size()));
    System.out.println(run.out() + run.err());
    System.exit(run.exit());
  }

  /// What [#main] is told.
  String[] arguments(List<String> projects) {
    return Stream.concat(Stream.of(repository.toString(), endpoint, prefix), projects.stream())
        .toArray(String[]::new);
  }

  CommandRun run(List<String> projects) {
    return CommandRun.in(repository)
        .at(new HandClock())
        .with("AWS_ENDPOINT_URL_S3", endpoint)
        .with("AWS_REGION", "us-east-1")
        .with("S3_ARCHIVE_BUCKET", "vault")
        .with("S3_ARCHIVE_PREFIX", prefix)
        .with("S3_REPO_NAME", "v-voz")
        .with("S3_SYNC_USER", "david")
        .using(new InParts())
        .run(Stream.concat(Stream.of("freeze", "--yes"), projects.stream()).toArray(String[]::new));
  }

  private static final class InParts implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking) {
      S3Keys keys =
          new S3Keys(SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty());
      return ImpatientStore.copyingInParts(
          new S3Connection(
              access.endpoint(), Optional.of("us-east-1"), Optional.of(keys), Optional.empty()),
          bucket);
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }
}
