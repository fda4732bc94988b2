package dev.vat.staging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.project.ProjectId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// metadata.json as docs/formats/metadata.schema.json has it: what was written once must be read
/// for ever, and what is written now is what the golden file holds.
final class MetadataFormatTest {
  private static final StagedPlace PLACE =
      new StagedPlace("aws", "films", "", "v-appydave", new ProjectId("b63-flivideo"));

  private final MetadataCodec codec = new MetadataCodec();

  @Test
  void notes_without_a_version_with_unknown_members_are_read_and_written_in_order()
      throws IOException {
    MetadataCodec.Reading reading = codec.read(file("metadata-written-by-hand.json"), PLACE);

    assertThat(reading).isInstanceOf(MetadataCodec.Reading.Understood.class);
    MetadataCodec.Reading.Understood understood = (MetadataCodec.Reading.Understood) reading;
    assertThat(understood.whole()).isTrue();
    assertThat(text(codec.write(understood.metadata())))
        .isEqualToNormalizingNewlines(text(file("metadata-golden.json")));
  }

  @Test
  void what_is_written_is_read_again_as_the_same() throws IOException {
    byte[] golden = file("metadata-golden.json");

    StagingMetadata read =
        ((MetadataCodec.Reading.Understood) codec.read(golden, PLACE)).metadata();

    assertThat(text(codec.write(read))).isEqualToNormalizingNewlines(text(golden));
  }

  @Test
  void damaged_and_hostile_entries_are_left_out_and_said() throws IOException {
    MetadataCodec.Reading.Understood understood =
        (MetadataCodec.Reading.Understood) codec.read(file("metadata-hostile.json"), PLACE);

    assertThat(understood.whole()).isFalse();
    assertThat(understood.metadata().files().keySet()).hasToString("[good.mp4]");
    assertThat(understood.metadata().removed()).isEmpty();
  }

  @Test
  void notes_of_a_newer_vat_and_of_somebody_else_are_told_apart() {
    assertThat(read("{\"project_id\":\"b63-flivideo\",\"version\":2,\"files\":[]}"))
        .isEqualTo(new MetadataCodec.Reading.Newer("2"));
    assertThat(read("{\"project_id\":\"b64-other\",\"files\":[]}"))
        .isInstanceOf(MetadataCodec.Reading.NotOurs.class);
    assertThat(read("[1, 2")).isInstanceOf(MetadataCodec.Reading.NotOurs.class);
    assertThat(read("")).isInstanceOf(MetadataCodec.Reading.NotOurs.class);
    assertThat(read("[".repeat(100_000))).isInstanceOf(MetadataCodec.Reading.NotOurs.class);
  }

  private MetadataCodec.Reading read(String json) {
    return codec.read(json.getBytes(StandardCharsets.UTF_8), PLACE);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] file(String name) throws IOException {
    try (InputStream in = MetadataFormatTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
