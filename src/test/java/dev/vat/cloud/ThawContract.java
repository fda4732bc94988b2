package dev.vat.cloud;

import static dev.vat.cloud.Guard.absent;
import static dev.vat.cloud.SampleBodies.text;
import static dev.vat.cloud.StoreUnderTest.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every server behind the port has to do with objects that are frozen: they are read only
/// while they are thawed. Where the server has no Glacier, it says so or stores them as any other.
interface ThawContract extends StoreUnderTest {
  @Test
  default void what_is_frozen_is_neither_read_nor_copied_and_that_is_said() throws Exception {
    String key = prefix() + "b40.tar.gz";
    ETag version = frozen(key);
    if (!hasGlacier()) {
      return;
    }
    assertThat(store().head(key).orElseThrow().summary().thaw()).isEqualTo(new Thaw.Frozen());
    assertThat(listed(key).thaw()).isEqualTo(new Thaw.Frozen());
    assertThatThrownBy(() -> store().read(key, version, 0, 3))
        .isInstanceOfSatisfying(
            StoreException.Frozen.class,
            frozen -> {
              assertThat(frozen.object().storageClass()).isEqualTo(StorageClass.DEEP_ARCHIVE);
              assertThat(frozen.object().thaw()).isEqualTo(new Thaw.Frozen());
            });
    assertThatThrownBy(() -> moved(key, version, StorageClass.STANDARD))
        .isInstanceOf(StoreException.Frozen.class);
    assertThatThrownBy(() -> store().copy(key, version, prefix() + "copy", absent()))
        .isInstanceOf(StoreException.Frozen.class);
    assertThat(store().head(prefix() + "copy")).isEmpty();
    assertThat(store().remove(key, version)).isEqualTo(Removed.GONE);
  }

  @Test
  default void a_thaw_goes_its_way_and_is_seen_in_listings() throws Exception {
    String key = prefix() + "b40.tar.gz";
    ETag version = frozen(key);
    if (!hasGlacier()) {
      assertThatThrownBy(() -> store().thaw(key, version, 7, ThawTier.BULK))
          .isInstanceOf(StoreException.class);
      return;
    }
    assertThat(store().thaw(key, version, 2, ThawTier.BULK)).isEqualTo(new ThawAnswer.Begun());
    assertThat(listed(key).thaw()).isEqualTo(new Thaw.Thawing());
    assertThat(store().head(key).orElseThrow().summary().thaw()).isEqualTo(new Thaw.Thawing());
    assertThat(store().thaw(key, version, 2, ThawTier.BULK)).isEqualTo(new ThawAnswer.UnderWay());
    assertThat(store().thaw(key, version, 2, ThawTier.STANDARD)).isEqualTo(new ThawAnswer.Begun());

    pass(Duration.ofHours(13));

    Thaw.Thawed thawed = (Thaw.Thawed) listed(key).thaw();
    assertThat(thawed.until()).isAfter(store().serverTime(prefix()).plus(Duration.ofDays(1)));
    assertThat(store().head(key).orElseThrow().summary().thaw()).isEqualTo(thawed);
    assertThat(contentOf(store().head(key).orElseThrow())).isEqualTo("frozen".getBytes(UTF_8));
    assertThat(store().thaw(key, version, 5, ThawTier.BULK))
        .isInstanceOfSatisfying(
            ThawAnswer.Kept.class, kept -> assertThat(kept.until()).isAfter(thawed.until()));
    assertThat(listed(key).storageClass()).isEqualTo(StorageClass.DEEP_ARCHIVE);

    pass(Duration.ofDays(7));
    assertThat(listed(key).thaw()).isEqualTo(new Thaw.Frozen());
  }

  @Test
  default void a_thaw_of_what_is_not_there_not_frozen_or_not_offered_is_told_apart()
      throws Exception {
    ETag plain = stored(store().put(prefix() + "plain", text("x"), PLAIN, absent()));
    assertThat(store().thaw(prefix() + "plain", plain, 1, ThawTier.BULK))
        .isEqualTo(new ThawAnswer.NotFrozen());
    assertThatThrownBy(() -> store().thaw(prefix() + "none", plain, 1, ThawTier.BULK))
        .isInstanceOf(StoreException.Changed.class);
    ETag deep = frozen(prefix() + "deep");
    assertThatThrownBy(() -> store().thaw(prefix() + "deep", plain, 1, ThawTier.BULK))
        .isInstanceOf(StoreException.Changed.class);
    if (hasGlacier()) {
      assertThatThrownBy(() -> store().thaw(prefix() + "deep", deep, 1, ThawTier.EXPEDITED))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(listed(prefix() + "deep").thaw()).isEqualTo(new Thaw.Frozen());
    }
  }

  private ETag frozen(String key) throws IOException {
    ObjectAttributes deep =
        new ObjectAttributes("application/gzip", Map.of(), StorageClass.DEEP_ARCHIVE, Map.of());
    return stored(store().put(key, text("frozen"), deep, absent()));
  }
}
