package dev.vat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {
  private static final Path ROOT = Path.of("/brand/v-appydave");
  private final Given given = new Given();

  @ParameterizedTest
  @CsvSource({"'',''", "team,team/", "/team/,team/", "a/b//,a/b/", "/,''"})
  void a_prefix_is_empty_or_ends_in_one_slash(String written, String prefix) {
    given.repository("S3_COLLAB_BUCKET=video\nS3_COLLAB_PREFIX='" + written + "'");
    CollabPlace place = CollabPlace.of(given.load(), ROOT);
    assertThat(place.prefix()).isEqualTo(prefix);
    assertThat(place.repositoryPrefix()).isEqualTo(prefix + "v-appydave/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a//b", "../a", "a/./b", "a\\b"})
  void a_prefix_that_leads_elsewhere_is_refused(String prefix) {
    given.repository("S3_COLLAB_BUCKET=video\nS3_COLLAB_PREFIX='" + prefix + "'");
    assertThatThrownBy(() -> CollabPlace.of(given.load(), ROOT))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("S3_COLLAB_PREFIX is wrong");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab",
        "Upper",
        "under_score",
        "-a-b",
        "a-b-",
        "a..b",
        "192.168.0.1",
        "xn--abc",
        "a-s3alias",
        "s3://bucket",
        "bucket/prefix"
      })
  void a_name_that_s3_gives_to_no_bucket_is_refused(String bucket) {
    given.repository("S3_COLLAB_BUCKET=" + bucket);
    assertThatThrownBy(() -> CollabPlace.of(given.load(), ROOT))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("S3_COLLAB_BUCKET is wrong");
  }

  @Test
  void the_name_that_is_set_goes_before_the_folders() {
    given.repository("S3_REPO_NAME=v-other");
    assertThat(RepositoryName.of(given.load(), ROOT))
        .isEqualTo(new RepositoryName("v-other", "/brand/.video-tools.env:1"));
    given.repository("");
    assertThat(RepositoryName.of(given.load(), ROOT))
        .isEqualTo(new RepositoryName("v-appydave", "folder name"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "..", ".hidden", "a:b", "ends."})
  void a_repository_name_is_one_plain_part(String name) {
    given.repository("S3_REPO_NAME=" + name);
    assertThatThrownBy(() -> RepositoryName.of(given.load(), ROOT))
        .isInstanceOf(SettingsException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "jan,jan",
    "CORP\\jan,jan",
    "Jan Nov\u00e1k,Jan Novak",
    "jan@corp,jan-corp",
    "_svc,svc",
    "jan.,jan"
  })
  void the_systems_user_name_is_made_fit(String system, String name) {
    given.systemUser(system);
    assertThat(SyncUser.of(given.load()).name()).isEqualTo(name);
  }

  @Test
  void a_user_name_of_which_nothing_is_left_must_be_set() {
    given.systemUser("\u0e40\u0e14");
    assertThatThrownBy(() -> SyncUser.of(given.load()))
        .hasMessageContaining("S3_SYNC_USER is not set");
    given.repository("S3_SYNC_USER=david");
    assertThat(SyncUser.of(given.load()).name()).isEqualTo("david");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "-a", "d\u00e4vid", "a:b", "a\"b"})
  void a_user_name_that_is_set_is_not_changed_but_refused(String name) {
    given.repository("S3_SYNC_USER='" + name + "'");
    assertThatThrownBy(() -> SyncUser.of(given.load()))
        .hasMessageContaining("S3_SYNC_USER is wrong");
  }

  @ParameterizedTest
  @CsvSource({
    "/d/T7/youtube,D:\\T7\\youtube",
    "/d,D:\\",
    "D:/T7,D:\\T7",
    "D:\\T7,D:\\T7",
    "~/T7,C:\\Users\\jan\\T7",
    "//nas/share,\\\\nas\\share"
  })
  void on_windows_every_usual_form_becomes_windows_own(String written, String path) {
    assertThat(SsdBase.nativeForm(written, "C:\\Users\\jan", true)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({"/d/T7,/d/T7", "~/T7,/home/jan/T7", "~,/home/jan", "/Volumes/T7/,/Volumes/T7"})
  void elsewhere_only_the_tilde_is_replaced(String written, String path) {
    given.repository("SSD_BASE='" + written + "'");
    assertThat(SsdBase.required(given.load()).path()).isEqualTo(Path.of(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"D:\\T7", "T7", "$HOME/T7", "~other/T7", "./T7"})
  void a_path_that_is_not_whole_here_is_refused(String written) {
    given.repository("SSD_BASE='" + written + "'");
    assertThatThrownBy(() -> SsdBase.ifSet(given.load()))
        .hasMessageContaining("SSD_BASE is wrong (/brand/.video-tools.env:1)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HEAVY_FILE_MB=0", "HEAVY_FILE_MB=1.5", "HEAVY_FILE_MB=99999999999",
        "STAGING_CLEANUP_DAYS=-1", "MIN_COPIES=many", "SSD_SAME_DISK_OK=yes",
        "ARCHIVE_AFTER_DAYS=40000", "MONTHLY_BUDGET_USD=$5", "COST_ALERTS_USD=5,,10"
      })
  void a_number_out_of_its_range_is_refused(String line) {
    given.repository(line);
    Limits limits = new Limits(given.load());
    assertThatThrownBy(
            () -> {
              limits.heavyFileBytes();
              limits.stagingCleanupDays();
              limits.minCopies();
              limits.ssdSameDiskOk();
              limits.ageRules();
              limits.budget();
            })
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(line.substring(0, line.indexOf('=')) + " is wrong");
  }
}
