package dev.vat.staging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// David and Jan, each at a computer of their own, and the bucket between them. Parts and ranges
/// have 16 bytes.
abstract class TwoPeople {
  static final String PREFIX = "v-appydave/b63-flivideo/";
  static final String NOTES = PREFIX + "metadata.json";

  @TempDir Path home;
  final TeamClock clock = new TeamClock();
  final MemoryObjectStore bucket = new MemoryObjectStore(clock);
  Teammate david;
  Teammate jan;

  @BeforeEach
  void everybodyArrives() throws IOException {
    david = new Teammate("david", home, bucket, clock, 16);
    jan = new Teammate("jan", home, bucket, clock, 16);
  }

  @AfterEach
  void everybodyLeaves() throws IOException {
    david.close();
    jan.close();
  }

  /// Both have the file, with this content.
  void bothHave(String file, String content) throws IOException {
    david.saves(file, content);
    david.up();
    jan.down();
  }

  String inBucket(String file) {
    return new String(bucket.content(PREFIX + file).orElseThrow(), UTF_8);
  }

  /// Another tool's put, whatever was there.
  void otherToolPuts(String key, String content) throws IOException {
    Guard guard =
        bucket
            .head(key)
            .map(facts -> Guard.unchanged(facts.summary().etag()))
            .orElseGet(Guard::absent);
    bucket.put(
        key, Body.of(content.getBytes(UTF_8)), new ObjectAttributes("video/mp4", Map.of()), guard);
  }

  void remove(String key) {
    bucket.remove(key, bucket.head(key).orElseThrow().summary().etag());
  }

  String notes() {
    return new String(bucket.content(NOTES).orElseThrow(), UTF_8);
  }

  SortedMap<String, String> wholeBucket() {
    SortedMap<String, String> all = new TreeMap<>();
    bucket
        .keys()
        .forEach(key -> all.put(key, new String(bucket.content(key).orElseThrow(), UTF_8)));
    return all;
  }

  static RelativeName name(String text) {
    return RelativeName.of(text);
  }

  static Outcome the(List<Outcome> outcomes, String file) {
    return outcomes.stream().filter(o -> o.name().equals(name(file))).findFirst().orElseThrow();
  }
}
