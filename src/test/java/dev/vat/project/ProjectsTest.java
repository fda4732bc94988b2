package dev.vat.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectsTest {
  @TempDir Path temp;
  private Path root;

  @BeforeEach
  void links_resolved() throws IOException {
    root = temp.toRealPath();
  }

  @Test
  void modern_and_legacy_projects_are_known_by_their_names() throws IOException {
    folders("b63-flivideo", "a01-x", "c100-long", "006-ac-carnivore-90");

    assertThat(list().projects())
        .extracting(project -> project.id().value(), Project::kind)
        .containsExactly(
            tuple("006-ac-carnivore-90", ProjectKind.LEGACY),
            tuple("a01-x", ProjectKind.MODERN),
            tuple("b63-flivideo", ProjectKind.MODERN),
            tuple("c100-long", ProjectKind.MODERN));
  }

  @Test
  void another_folder_is_a_project_by_what_it_holds() throws IOException {
    folders("boy-baker/recordings", "with-staging/s3-staging", "empty", "scripts/lib");
    file("deep-media/a/b/take.MOV");
    file("sound/take.wav");
    file("scripts/lib/run.sh");
    file("mac-leftover/._take.mp4");
    file("hidden-media/.cache/take.mp4");

    assertThat(list().ids().toString()).isEqualTo("[boy-baker, deep-media, sound, with-staging]");
    assertThat(list().projects()).allMatch(project -> project.kind() == ProjectKind.NAMED);
    assertThat(list().notProtected())
        .extracting(found -> found.path().getFileName().toString(), Unprotected::reason)
        .containsExactly(
            tuple("empty", Unprotected.Reason.NO_PROJECT),
            tuple("hidden-media", Unprotected.Reason.NO_PROJECT),
            tuple("mac-leftover", Unprotected.Reason.NO_PROJECT),
            tuple("scripts", Unprotected.Reason.NO_PROJECT));
  }

  @Test
  void what_is_no_project_is_listed_as_not_protected() throws IOException {
    folders("b63-flivideo", ".git/objects", ".vat", ".idea", "b00-b49/b01-x");
    file("final/final.mp4");
    file(".secret-stash/take.mp4");
    file(".vat-kept/2026/take.mp4");
    file("loose.mp4");
    file("README.md");
    Files.createSymbolicLink(root.resolve("b70-linked"), root.resolve("b63-flivideo"));

    assertThat(list().ids().toString()).isEqualTo("[b63-flivideo]");
    assertThat(list().notProtected())
        .extracting(found -> found.path().getFileName().toString(), Unprotected::reason)
        .containsExactly(
            tuple(".secret-stash", Unprotected.Reason.HIDDEN),
            tuple("b00-b49", Unprotected.Reason.RANGE_FOLDER),
            tuple("b70-linked", Unprotected.Reason.LINK),
            tuple("final", Unprotected.Reason.RESERVED_FOLDER),
            tuple("loose.mp4", Unprotected.Reason.LOOSE_MEDIA));
  }

  @Test
  void archived_projects_are_found_in_and_beside_range_folders() throws IOException {
    folders(
        "archived/b00-b49/b40-old",
        "archived/a01-a49/a02-older",
        "archived/-01-25/006-carnivore",
        "archived/boy-baker",
        "b40-old");
    file("archived/stray.mp4");

    ProjectListing listing = list();

    assertThat(listing.ids().toString())
        .isEqualTo("[006-carnivore, a02-older, b40-old, boy-baker]");
    Project both = listing.find(new ProjectId("b40-old")).orElseThrow();
    assertThat(both.activeFolder()).contains(root.resolve("b40-old"));
    assertThat(both.places())
        .containsExactly(
            new ProjectPlace.Flat(root.resolve("b40-old")),
            new ProjectPlace.Grouped(
                Optional.of("b00-b49"), root.resolve("archived/b00-b49/b40-old")));
    assertThat(listing.find(new ProjectId("boy-baker")).orElseThrow().activeFolder()).isEmpty();
    assertThat(listing.notProtected())
        .extracting(Unprotected::path)
        .containsExactly(root.resolve("archived/stray.mp4"));
  }

  @Test
  void a_repository_that_cannot_be_listed_is_not_an_empty_one() {
    Projects gone = new Projects(Repository.of(root.resolve("gone")));
    assertThatThrownBy(gone::list).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void the_project_of_a_folder_is_told_from_anywhere_in_it() throws IOException {
    folders("b63-flivideo/a/b", "archived/b00-b49/b40-old/data", "docs/x", "boy-baker/data");

    assertThat(containing("b63-flivideo")).isEqualTo("b63-flivideo");
    assertThat(containing("b63-flivideo/a/b")).isEqualTo("b63-flivideo");
    assertThat(containing("archived/b00-b49/b40-old/data")).isEqualTo("b40-old");
    assertThat(containing("boy-baker/data")).isEqualTo("boy-baker");
    assertThat(containing("")).isEqualTo("none");
    assertThat(containing("docs/x")).isEqualTo("none");
    assertThat(containing("archived/b00-b49")).isEqualTo("none");
    assertThat(containing("..")).isEqualTo("none");
  }

  @Test
  void the_project_of_a_linked_working_folder_is_told_too() throws IOException {
    folders("b63-flivideo/a");
    Path link = Files.createSymbolicLink(root.resolve("now"), root.resolve("b63-flivideo/a"));
    assertThat(new Projects(Repository.of(root)).containing(link))
        .contains(new ProjectId("b63-flivideo"));
  }

  private String containing(String folder) throws IOException {
    return new Projects(Repository.of(root))
        .containing(root.resolve(folder))
        .map(ProjectId::value)
        .orElse("none");
  }

  private ProjectListing list() throws IOException {
    return new Projects(Repository.of(root)).list();
  }

  private void folders(String... names) throws IOException {
    for (String name : names) {
      Files.createDirectories(root.resolve(name));
    }
  }

  private void file(String name) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.writeString(root.resolve(name), "x");
  }
}
