package dev.vat.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.catalog.ThawNote;
import dev.vat.cloud.Body;
import dev.vat.cloud.CuttingStore;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.ThawAnswer;
import dev.vat.cloud.ThawTier;
import dev.vat.project.ProjectId;
import dev.vat.state.RememberedThaw;
import dev.vat.state.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thaws on the port: what was asked for is known to whoever looks, and no thaw is paid for that
/// nobody knows of.
class ThawingTest {
  private static final ProjectId PROJECT = new ProjectId("b40-old");
  private static final String KEY = "appydave/b00-b49/b40-old.tar.gz";
  private static final String NOTE = "appydave/.vat/thaws/b40-old.json";
  private static final Instant BEGIN = Instant.parse("2026-11-25T12:00:00Z");

  @TempDir private Path folder;

  private Instant now = BEGIN;
  private final InstantSource clock = () -> now;
  private final MemoryObjectStore bucket = new MemoryObjectStore(clock);
  private final CuttingStore store = new CuttingStore(bucket);
  private State state;
  private State jans;

  @BeforeEach
  void freeze() throws Exception {
    state = State.open(folder.resolve("david/.vat"), clock);
    jans = State.open(folder.resolve("jan/.vat"), clock);
    ObjectAttributes deep =
        new ObjectAttributes(
            "application/gzip", Map.of("repo", "v-appydave"), StorageClass.DEEP_ARCHIVE, Map.of());
    bucket.put(KEY, Body.of("content".getBytes(UTF_8)), deep, Guard.absent());
  }

  @AfterEach
  void closeStates() throws Exception {
    state.close();
    jans.close();
  }

  private Thawing david(ObjectStore by) {
    Thawing.Archive archive = new Thawing.Archive("memory", "appydave/", "v-appydave", "david");
    return new Thawing(by, archive, state.thaws(), clock);
  }

  private Thawing jan() {
    Thawing.Archive archive = new Thawing.Archive("memory", "appydave/", "v-appydave", "jan");
    return new Thawing(bucket, archive, jans.thaws(), clock);
  }

  private ObjectSummary looked() {
    return bucket.head(KEY).orElseThrow().summary();
  }

  private Thawing.Wish wish(ThawTier tier, String target) {
    return new Thawing.Wish(PROJECT, looked(), tier, 7, target);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @Test
  void a_thaw_is_asked_for_remembered_and_told_until_it_expires() throws Exception {
    Thawing thawing = david(store);
    assertThat(thawing.standing(looked())).isEqualTo(new ThawStanding.Frozen());

    assertThat(thawing.ask(wish(ThawTier.BULK, "ssd")))
        .isEqualTo(new Thawing.Asked.Begun(BEGIN.plus(Duration.ofHours(48))));

    RememberedThaw asked = state.thaws().find("memory", KEY).orElseThrow();
    assertThat(asked.target()).isEqualTo("ssd");
    assertThat(asked.tier()).isEqualTo("bulk");
    assertThat(thawing.standing(looked())).isEqualTo(new ThawStanding.UnderWay(Optional.of(asked)));
    pass(Duration.ofHours(49));
    assertThat(thawing.standing(looked()))
        .isInstanceOfSatisfying(
            ThawStanding.Ready.class, ready -> assertThat(ready.asked()).contains(asked));
    pass(Duration.ofDays(8));
    assertThat(thawing.standing(looked())).isEqualTo(new ThawStanding.Expired(asked));

    thawing.done(looked());
    assertThat(thawing.standing(looked())).isEqualTo(new ThawStanding.Frozen());
    assertThat(bucket.keys()).containsExactly(KEY);
  }

  @Test
  void a_teammate_sees_who_asked_and_pays_nothing_twice() throws Exception {
    david(store).ask(wish(ThawTier.BULK, "/Volumes/secret place/b40"));

    ThawNote note = jan().noted(looked()).orElseThrow();
    assertThat(note.requestedBy()).isEqualTo("david");
    assertThat(note.target()).isEqualTo("folder");
    assertThat(bucket.content(NOTE).map(b -> new String(b, UTF_8)).orElseThrow())
        .doesNotContain("secret place");
    assertThat(jan().standing(looked())).isEqualTo(new ThawStanding.UnderWay(Optional.empty()));
    assertThat(jan().ask(wish(ThawTier.BULK, "local")))
        .isEqualTo(new Thawing.Asked.UnderWay(Optional.of(note)));

    RememberedThaw jansOwn = jans.thaws().find("memory", KEY).orElseThrow();
    assertThat(jansOwn.target()).isEqualTo("local");
    assertThat(jansOwn.readyBy()).isEqualTo(note.readyBy());
    pass(Duration.ofHours(49));
    assertThat(jan().standing(looked())).isInstanceOf(ThawStanding.Ready.class);
  }

  @Test
  void asking_again_keeps_the_deadline_and_takes_the_new_target() throws Exception {
    david(store).ask(wish(ThawTier.BULK, "ssd"));
    pass(Duration.ofHours(20));

    assertThat(david(store).ask(wish(ThawTier.BULK, "local")))
        .isInstanceOf(Thawing.Asked.UnderWay.class);

    RememberedThaw asked = state.thaws().find("memory", KEY).orElseThrow();
    assertThat(asked.readyBy()).isEqualTo(BEGIN.plus(Duration.ofHours(48)));
    assertThat(asked.target()).isEqualTo("local");
  }

  @Test
  void a_faster_tier_makes_it_faster() throws Exception {
    david(store).ask(wish(ThawTier.BULK, "ssd"));

    assertThat(david(store).ask(wish(ThawTier.STANDARD, "ssd")))
        .isEqualTo(new Thawing.Asked.Begun(BEGIN.plus(Duration.ofHours(12))));
    pass(Duration.ofHours(13));
    assertThat(david(store).standing(looked())).isInstanceOf(ThawStanding.Ready.class);
  }

  @Test
  void what_is_readable_is_kept_longer_and_what_was_never_frozen_is_said() throws Exception {
    david(store).ask(wish(ThawTier.STANDARD, ""));
    pass(Duration.ofHours(13));
    Thawing.Asked again = david(store).ask(wish(ThawTier.STANDARD, ""));
    assertThat(again).isInstanceOf(Thawing.Asked.Ready.class);

    assertThatThrownBy(() -> new Thawing.Wish(PROJECT, looked(), ThawTier.EXPEDITED, 7, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void another_version_is_not_thawed_in_its_place() throws Exception {
    Thawing.Wish wish = wish(ThawTier.BULK, "ssd");
    ObjectAttributes deep =
        new ObjectAttributes("application/gzip", Map.of(), StorageClass.DEEP_ARCHIVE, Map.of());
    bucket.put(KEY, Body.of("theirs".getBytes(UTF_8)), deep, Guard.unchanged(looked().etag()));

    assertThatThrownBy(() -> david(store).ask(wish)).isInstanceOf(StoreException.Changed.class);

    assertThat(state.thaws().all("memory")).isEmpty();
    assertThat(david(store).standing(looked())).isEqualTo(new ThawStanding.Frozen());
  }

  @Test
  void a_remembered_thaw_of_another_version_does_not_count() throws Exception {
    david(store).ask(wish(ThawTier.BULK, "ssd"));
    ObjectAttributes deep =
        new ObjectAttributes("application/gzip", Map.of(), StorageClass.DEEP_ARCHIVE, Map.of());
    bucket.put(KEY, Body.of("theirs".getBytes(UTF_8)), deep, Guard.unchanged(looked().etag()));

    assertThat(david(store).standing(looked())).isEqualTo(new ThawStanding.Frozen());
    assertThat(jan().noted(looked())).isEmpty();
  }

  @Test
  void wherever_asking_is_cut_every_thaw_is_known_here_and_asking_again_ends_it() throws Exception {
    boolean cut = true;
    for (int at = 0; cut; at++) {
      store.mend();
      store.cutAt(at);
      cut = false;
      try {
        david(store).ask(wish(ThawTier.BULK, "ssd"));
      } catch (CuttingStore.Cut _) {
        cut = true;
      }
      store.mend();
      ThawStanding standing = david(store).standing(looked());
      if (cut) {
        assertThat(standing)
            .as("cut at step " + at)
            .isInstanceOfAny(ThawStanding.UnderWay.class, ThawStanding.NotBegun.class);
      }
      assertThat(state.thaws().find("memory", KEY)).as("cut at step " + at).isPresent();
    }
    assertThat(david(store).standing(looked())).isInstanceOf(ThawStanding.UnderWay.class);
    assertThat(jan().noted(looked())).isPresent();
  }

  @Test
  void without_capacity_or_rights_nothing_is_remembered() throws Exception {
    ObjectStore full =
        new ForwardingStore(bucket) {
          @Override
          public ThawAnswer thaw(String key, ETag version, int days, ThawTier tier) {
            return new ThawAnswer.NoCapacity();
          }
        };
    assertThat(david(full).ask(wish(ThawTier.BULK, ""))).isEqualTo(new Thawing.Asked.NoCapacity());
    ObjectStore denied =
        new ForwardingStore(bucket) {
          @Override
          public ThawAnswer thaw(String key, ETag version, int days, ThawTier tier)
              throws StoreException {
            throw new StoreException.AccessDenied("no", null);
          }
        };
    assertThatThrownBy(() -> david(denied).ask(wish(ThawTier.BULK, "")))
        .isInstanceOf(StoreException.AccessDenied.class);

    assertThat(state.thaws().all("memory")).isEmpty();
    assertThat(bucket.keys()).containsExactly(KEY);
  }

  @Test
  void a_note_that_nobody_understands_is_none_and_is_replaced() throws Exception {
    for (String note :
        new String[] {"", "{}", "no json", "{\"schema\":\"vat.thaw-note/9\"}", "[1]"}) {
      putNote(note);
      assertThat(jan().noted(looked())).as(note).isEmpty();
    }
    david(store).ask(wish(ThawTier.BULK, "ssd"));
    assertThat(jan().noted(looked())).isPresent();
  }

  private void putNote(String content) throws IOException {
    Guard guard =
        bucket
            .head(NOTE)
            .map(there -> Guard.unchanged(there.summary().etag()))
            .orElseGet(Guard::absent);
    bucket.put(
        NOTE,
        Body.of(content.getBytes(UTF_8)),
        new ObjectAttributes("application/json", Map.of()),
        guard);
  }
}
