package dev.vat.cloud;

import static dev.vat.cloud.Guard.absent;
import static dev.vat.cloud.SampleBodies.random;
import static dev.vat.cloud.SampleBodies.text;
import static dev.vat.cloud.StoreUnderTest.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every server behind the port has to do when an object is copied under another key.
interface CopyContract extends StoreUnderTest {
  @Test
  default void a_copy_has_the_content_the_metadata_and_the_type() throws Exception {
    ObjectAttributes attributes =
        new ObjectAttributes("video/quicktime", Map.of("uploaded-by", "Jän", "plain", "p"));
    byte[] content = random(200_000, 7);
    String source = prefix() + "source ü+%?.mov";
    ETag version = stored(store().put(source, Body.of(content), attributes, absent()));

    ETag copied = stored(store().copy(source, version, prefix() + "target #1.mov", absent()));

    ObjectFacts target = store().head(prefix() + "target #1.mov").orElseThrow();
    assertThat(target.summary().etag()).isEqualTo(copied);
    assertThat(target.metadata()).isEqualTo(attributes.metadata());
    assertThat(target.contentType()).contains("video/quicktime");
    assertThat(contentOf(target)).isEqualTo(content);
  }

  @Test
  default void a_copy_minds_both_ends() throws Exception {
    ETag first = stored(store().put(prefix() + "s", text("first"), PLAIN, absent()));
    ETag second =
        stored(store().put(prefix() + "s", text("second"), PLAIN, Guard.unchanged(first)));
    ETag target = stored(store().put(prefix() + "t", text("target"), PLAIN, absent()));

    assertThatThrownBy(() -> store().copy(prefix() + "s", first, prefix() + "new", absent()))
        .isInstanceOf(StoreException.Changed.class);
    assertThatThrownBy(() -> store().copy(prefix() + "gone", first, prefix() + "new", absent()))
        .isInstanceOf(StoreException.Changed.class);
    assertThat(store().copy(prefix() + "s", second, prefix() + "t", absent()))
        .isEqualTo(new Written.Refused());
    assertThat(store().copy(prefix() + "s", second, prefix() + "t", Guard.unchanged(first)))
        .isEqualTo(new Written.Refused());
    assertThat(store().copy(prefix() + "s", second, prefix() + "new", Guard.unchanged(first)))
        .isEqualTo(new Written.Refused());
    assertThat(store().head(prefix() + "new")).isEmpty();
    assertThat(store().head(prefix() + "t").orElseThrow().summary().etag()).isEqualTo(target);

    stored(store().copy(prefix() + "s", second, prefix() + "t", Guard.unchanged(target)));
    assertThat(contentOf(store().head(prefix() + "t").orElseThrow()))
        .isEqualTo("second".getBytes(UTF_8));
  }
}
