package dev.vat.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryFinderTest {
  @TempDir Path temp;
  private Path home;
  private Path brand;

  @BeforeEach
  void a_brand_in_the_home_folder() throws IOException {
    home = temp.toRealPath().resolve("home");
    brand = home.resolve("v-appydave");
    Files.createDirectories(brand.resolve("b63-flivideo/s3-staging"));
    Files.writeString(brand.resolve(".video-tools.env"), "");
  }

  @Test
  void it_is_found_from_itself_and_from_any_folder_below() throws IOException {
    assertThat(finder().from(brand)).contains(new Repository(brand, "v-appydave"));
    assertThat(finder().from(brand.resolve("b63-flivideo/s3-staging")))
        .contains(new Repository(brand, "v-appydave"));
  }

  @Test
  void a_folder_that_does_not_exist_yet_is_in_the_repository_above_it() throws IOException {
    assertThat(finder().from(brand.resolve("b99-new/s3-staging"))).isPresent();
  }

  @Test
  void the_nearest_one_wins() throws IOException {
    Path inner = Files.createDirectories(brand.resolve("inner/b01-x"));
    Files.writeString(brand.resolve("inner/.video-tools.env"), "");

    assertThat(finder().from(inner).orElseThrow().folderName()).isEqualTo("inner");
  }

  @Test
  void without_a_settings_file_there_is_no_repository() throws IOException {
    Files.delete(brand.resolve(".video-tools.env"));
    assertThat(finder().from(brand)).isEmpty();

    Files.createDirectory(brand.resolve(".video-tools.env"));
    assertThat(finder().from(brand)).isEmpty();
  }

  @Test
  void a_tilde_is_the_home_folder() throws IOException {
    assertThat(finder().from(Path.of("~/v-appydave/b63-flivideo")))
        .contains(new Repository(brand, "v-appydave"));
    assertThat(finder().from(Path.of("~"))).isEmpty();
  }

  @Test
  void by_a_link_it_is_the_same_repository() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("work"), brand);
    assertThat(finder().from(link.resolve("b63-flivideo")))
        .contains(new Repository(brand, "v-appydave"));
  }

  @Test
  void a_link_into_a_project_leads_to_its_repository() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("current"), brand.resolve("b63-flivideo"));
    assertThat(finder().from(link)).contains(new Repository(brand, "v-appydave"));
  }

  private RepositoryFinder finder() {
    return new RepositoryFinder(home);
  }
}
