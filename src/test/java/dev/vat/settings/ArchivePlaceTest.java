package dev.vat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArchivePlaceTest {
  private final Given given = new Given();

  @Test
  void the_older_names_stand_in_for_what_is_not_set() {
    given.repository("S3_BUCKET=old-bucket\nS3_PREFIX=brand");
    assertThat(ArchivePlace.ifSet(given.load())).contains(new ArchivePlace("old-bucket", "brand/"));
    given.repository("S3_BUCKET=old-bucket\nS3_PREFIX=brand\nS3_ARCHIVE_BUCKET=new-bucket");
    assertThat(ArchivePlace.ifSet(given.load())).contains(new ArchivePlace("new-bucket", "brand/"));
  }

  @Test
  void without_a_bucket_there_is_no_place() {
    given.repository("S3_ARCHIVE_PREFIX=brand/");
    assertThat(ArchivePlace.ifSet(given.load())).isEmpty();
    assertThatThrownBy(() -> ArchivePlace.required(given.load()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("S3_ARCHIVE_BUCKET is not set");
  }

  @ParameterizedTest
  @CsvSource({"'',''", "a/,a/", "a/b/,a/", "a/,a/b/c/", "'',staging/", "archive/,''"})
  void equal_and_nested_prefixes_in_one_bucket_are_refused(String archive, String shared) {
    given.repository(settings("video", archive, "video", shared));
    assertThatThrownBy(() -> ArchivePlace.ifSet(given.load()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("archives and shared files would lie in the same place");
  }

  @ParameterizedTest
  @CsvSource({"archive/,staging/", "a/b/,a/c/", "ab/,a/"})
  void prefixes_side_by_side_are_good(String archive, String shared) {
    given.repository(settings("video", archive, "video", shared));
    assertThat(ArchivePlace.ifSet(given.load())).contains(new ArchivePlace("video", archive));
  }

  @Test
  void in_two_buckets_prefixes_may_be_the_same() {
    given.repository(settings("video-archive", "", "video-collab", ""));
    assertThat(ArchivePlace.ifSet(given.load())).contains(new ArchivePlace("video-archive", ""));
  }

  @Test
  void a_name_that_s3_gives_to_no_bucket_is_refused() {
    given.repository("S3_BUCKET=s3://video");
    assertThatThrownBy(() -> ArchivePlace.ifSet(given.load()))
        .hasMessageContaining("S3_BUCKET is wrong");
  }

  private static String settings(String bucket, String prefix, String collab, String shared) {
    return "S3_ARCHIVE_BUCKET="
        + bucket
        + "\nS3_ARCHIVE_PREFIX='"
        + prefix
        + "'\nS3_COLLAB_BUCKET="
        + collab
        + "\nS3_COLLAB_PREFIX='"
        + shared
        + "'\n";
  }
}
