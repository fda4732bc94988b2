package dev.vat.cli;

import dev.vat.cloud.Condition;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectStore;
import dev.vat.settings.S3Access;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/// Archives in a bucket in memory, and people whose settings name it.
abstract class VaultInMemory {
  static final String KEY = "appydave/b00-b49/b40-old.tar.gz";

  @TempDir Path folder;
  final HandClock clock = new HandClock();
  final MemoryObjectStore bucket = new MemoryObjectStore(clock);

  /// What commands are given for the bucket.
  ObjectStore opened() {
    return bucket;
  }

  final CommandRun.Person person(String who, Path repository) {
    return CommandRun.in(repository)
        .with("AWS_REGION", "us-east-1")
        .with("S3_ARCHIVE_BUCKET", "vault")
        .with("S3_ARCHIVE_PREFIX", "appydave")
        .with("S3_REPO_NAME", "v-appydave")
        .with("S3_SYNC_USER", who)
        .home(folder.resolve("home"))
        .at(clock)
        .using(new InMemory());
  }

  private final class InMemory implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String name, Set<Condition> lacking) {
      return opened();
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }

    @Override
    public void pause(Duration time) {
      clock.pass(time);
    }
  }
}
