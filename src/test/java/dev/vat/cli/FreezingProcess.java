package dev.vat.cli;

import dev.vat.cloud.Condition;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.settings.S3Access;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// `vat freeze` in a process of its own, on a sandbox, with copies that go in parts of 5 MiB.
final class FreezingProcess {
  private FreezingProcess() {}

  /// @param arguments the repository, the sandbox's address, the prefix, the projects
  public static void main(String[] arguments) throws Exception {
    System.out.println("begun");
    String[] words = new String[arguments.length - 1];
    words[0] = "freeze";
    words[1] = "--yes";
    System.arraycopy(arguments, 3, words, 2, arguments.length - 3);
    CommandRun run =
        CommandRun.in(Path.of(arguments[0]))
            .at(new HandClock())
            .with("AWS_ENDPOINT_URL_S3", arguments[1])
            .with("AWS_REGION", "us-east-1")
            .with("S3_ARCHIVE_BUCKET", "vault")
            .with("S3_ARCHIVE_PREFIX", arguments[2])
            .with("S3_REPO_NAME", "v-voz")
            .with("S3_SYNC_USER", "david")
            .using(new InParts())
            .run(words);
    System.out.println(run.out() + run.err());
    System.exit(run.exit());
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
