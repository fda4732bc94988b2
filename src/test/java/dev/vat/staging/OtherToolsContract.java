package dev.vat.staging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Written;
import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Footage that somebody put into the bucket with a tool of their own, and has on their disk too.
abstract class OtherToolsContract {
  private static final int MIB = 1024 * 1024;
  private static final String PREFIX = "v-appydave/b63-flivideo/";

  /// Below, at, and above where tools begin to cut, and on whole numbers of parts.
  private static final int[] SIZES_MIB = {1, 8, 9, 15, 16, 21};

  @TempDir Path home;
  private final TeamClock clock = new TeamClock();
  private final AtomicInteger moved = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private ObjectStore store;
  private Teammate david;

  abstract OtherTool.Account account();

  /// An empty bucket.
  abstract String bucket() throws IOException;

  /// Whether the server tells in parts of what size an object came.
  abstract boolean tellsSizesOfParts();

  @BeforeEach
  void arrive() throws IOException {
    S3Keys keys = new S3Keys(account().accessKey(), account().secretKey(), Optional.empty());
    store =
        ImpatientStore.open(
            new S3Connection(
                Optional.of(account().endpoint()),
                Optional.of("us-east-1"),
                Optional.of(keys),
                Optional.empty()),
            bucket());
    david = new Teammate("david", home, new Counting(), clock, 5 * MIB);
    for (int size : SIZES_MIB) {
      byte[] bytes = new byte[size * MIB];
      new Random(size).nextBytes(bytes);
      david.saves(size + ".mp4", bytes);
    }
  }

  @AfterEach
  void leave() throws IOException {
    david.close();
    store.close();
  }

  /// Counts what moves contents of files, and questions about single objects.
  private final class Counting extends ForwardingStore {
    private Counting() {
      super(store);
    }

    @Override
    public Optional<ObjectFacts> head(String key) throws StoreException {
      if (!key.endsWith(".json")) {
        asked.incrementAndGet();
      }
      return super.head(key);
    }

    @Override
    public InputStream read(String key, ETag version, long offset, long length)
        throws StoreException {
      if (!key.endsWith(".json")) {
        moved.incrementAndGet();
      }
      return super.read(key, version, offset, length);
    }

    @Override
    public Written put(String key, Body body, ObjectAttributes attributes, Guard guard)
        throws IOException {
      if (!key.endsWith(".json")) {
        moved.incrementAndGet();
      }
      return super.put(key, body, attributes, guard);
    }

    @Override
    public String createUpload(String key, ObjectAttributes attributes) throws StoreException {
      moved.incrementAndGet();
      return super.createUpload(key, attributes);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_a_tool_put_is_known_by_its_bytes_without_moving_them(
      OtherTool tool, TestReporter reporter) throws Exception {
    tool.puts(
        david.staging,
        "s3://" + store.bucket() + "/" + PREFIX,
        account(),
        home.resolve("tool"),
        reporter);

    Collection<StagedFile> files = david.looks().files().values();

    assertThat(files).hasSize(SIZES_MIB.length);
    assertThat(files)
        .allSatisfy(
            file -> {
              assertThat(file.standing()).as(file.toString()).isEqualTo(Standing.IN_SYNC);
              assertThat(file.there().isFromOutside()).isTrue();
            })
        .anyMatch(file -> file.there().etag().value().contains("-"));
    assertThat(david.up()).allMatch(Outcome.InSync.class::isInstance);
    assertThat(david.down()).allMatch(Outcome.InSync.class::isInstance);
    asked.set(0);
    assertThat(david.looks().files().values()).allMatch(f -> f.there().isFromOutside());
    assertThat(moved).as("requests that moved contents").hasValue(0);
    assertThat(asked).as("questions once it is noted").hasValue(0);
    flippedByte();
    download(tool);
  }

  private void flippedByte() throws IOException {
    Path file = david.at("21.mp4");
    FileTime time = FileTime.from(clock.instant());
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(20L * MIB);
      int old = bytes.read();
      bytes.seek(20L * MIB);
      bytes.write(old ^ 1);
    }
    Files.setLastModifiedTime(file, time);
    assertThat(david.standingOf("21.mp4")).isEqualTo(Standing.CHANGED_HERE);
    // Whoever never agreed with that object sees it too.
    david.losesState();
    store.remove(
        PREFIX + "metadata.json",
        store.head(PREFIX + "metadata.json").orElseThrow().summary().etag());
    StagedFile seen = david.looks().files().get(TwoPeople.name("21.mp4"));
    assertThat(seen.standing()).isEqualTo(Standing.CONFLICT);
    assertThat(seen.there().md5().isPresent() || seen.there().toldApart())
        .as("certain")
        .isEqualTo(tellsSizesOfParts() || seen.there().md5().isPresent());
  }

  private void download(OtherTool tool) throws IOException {
    try (Teammate jan = new Teammate("jan", home, store, clock, 5 * MIB)) {
      assertThat(jan.down())
          .allSatisfy(
              outcome ->
                  assertThat(outcome)
                      .isInstanceOfSatisfying(
                          Outcome.Downloaded.class,
                          done ->
                              assertThat(done.isProven() || !tellsSizesOfParts())
                                  .as("%s of %s is proven", done.name(), tool)
                                  .isTrue()));
      for (int size : SIZES_MIB) {
        if (size != 21) {
          assertThat(Files.mismatch(jan.at(size + ".mp4"), david.at(size + ".mp4"))).isEqualTo(-1);
        }
      }
      assertThat(jan.up(Map.of(), false)).allMatch(Outcome.InSync.class::isInstance);
    }
  }
}
