package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.disk.DeviceDigests;
import dev.vat.disk.TreeCopy;
import dev.vat.mhl.Creator;
import dev.vat.mhl.Generation;
import dev.vat.mhl.HashAction;
import dev.vat.mhl.MhlEntry;
import dev.vat.mhl.MhlHistory;
import dev.vat.mhl.MhlLayout;
import dev.vat.mhl.MhlProcess;
import dev.vat.mhl.MhlWriter;
import dev.vat.progress.Progress;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Checksum histories of folders below a project (a camera card's), and files that people keep in a
/// folder `ascmhl`, on their way to drives and home.
final class HistoriesOnTheWayTest extends DrivesAndBucket {
  private static final String CARD = "recordings/ascmhl/ascmhl_chain.xml";
  private Path copy;

  @BeforeEach
  void recorded() throws IOException {
    copy = t8.resolve("youtube/b50-b99/b63-flivideo");
    succeed("mhl", "create", home.resolve("recordings").toString());
    clock.pass(Duration.ofHours(1));
  }

  @Test
  void a_copy_takes_the_history_of_a_camera_card_along_and_does_not_record_it() throws IOException {
    succeed("copy", "b63", "--to", "T8");

    assertThat(copy.resolve(CARD)).hasSameBinaryContentAs(home.resolve(CARD));
    assertThat(MhlHistory.read(copy).files().keySet())
        .extracting(RelativeName::value)
        .containsExactly("final/cut.mov", "notes.txt", "recordings/take 1.mp4");
    succeed("verify", "b63", "--place", "ssd");
  }

  @Test
  void a_card_s_history_that_a_verification_went_on_with_is_no_conflict() throws IOException {
    succeed("copy", "b63", "--to", "T8");
    clock.pass(Duration.ofHours(1));
    succeed("verify", "b63", "--place", "ssd");
    byte[] wentOn = Files.readAllBytes(copy.resolve(CARD));
    assertThat(wentOn).isNotEqualTo(Files.readAllBytes(home.resolve(CARD)));

    succeed("copy", "b63", "--to", "T8");
    succeed("archive", "b63", "--to", "T8", "--keep-local");

    assertThat(copy.resolve(CARD)).hasBinaryContent(wentOn);
  }

  @Test
  void a_card_s_history_that_a_cut_run_left_incomplete_is_completed() throws IOException {
    succeed("copy", "b63", "--to", "T8");
    Files.delete(copy.resolve(CARD));

    succeed("copy", "b63", "--to", "T8");

    assertThat(copy.resolve(CARD)).hasSameBinaryContentAs(home.resolve(CARD));
  }

  /// What a run that was cut had brought of a drive's copy, with all its histories.
  private static void cut(Path copy, Path hidden) throws IOException {
    for (String name : contents(copy).keySet()) {
      Files.createDirectories(hidden.resolve(name).getParent());
      if (name.contains("ascmhl/") || name.equals("notes.txt")) {
        Files.copy(copy.resolve(name), hidden.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private Path copyOnT7() throws IOException {
    succeed("copy", "b63", "--to", "T8");
    succeed("copy", "b63", "--to", "T7");
    clock.pass(Duration.ofHours(1));
    // Each goes on with its own histories.
    succeed("verify", "b63", "--place", "ssd");
    Path other = t7.resolve("youtube/b50-b99/b63-flivideo");
    clock.pass(Duration.ofHours(1));
    succeed("verify", "b63", "--place", "ssd");
    return other;
  }

  @Test
  void a_restore_goes_on_from_another_drive_whose_histories_went_on_otherwise() throws IOException {
    Path other = copyOnT7();
    Files.writeString(
        other.resolve("recordings/ascmhl/0009_recordings_2026-05-09_100000Z.mhl"), "");
    cut(other, TreeCopy.temporaryFor(repository.resolve(".from-drive-b63-flivideo")));
    remove(home);

    CommandRun run = vat("restore", "b63", "--from", "T8");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(home.resolve(CARD)).hasSameBinaryContentAs(copy.resolve(CARD));
    assertThat(contents(home.resolve("recordings/ascmhl")).keySet())
        .isEqualTo(contents(copy.resolve("recordings/ascmhl")).keySet());
  }

  @Test
  void a_copy_that_goes_on_from_another_source_has_that_one_s_histories_alone() throws IOException {
    Path other = copyOnT7();
    Path hidden = TreeCopy.temporaryFor(copy);
    remove(copy);
    cut(other, hidden);
    Files.move(
        hidden.resolve("ascmhl/ascmhl_chain.xml"),
        hidden.resolve("ascmhl/0009_b63-flivideo_2026-05-09_100000Z.mhl"));

    succeed("copy", "b63", "--from", "T7", "--to", "T8");

    assertThat(MhlHistory.read(copy).problems()).isEmpty();
    succeed("verify", "b63", "--place", "ssd");
  }

  @Test
  void a_card_s_history_comes_home_with_its_project() throws IOException {
    succeed("copy", "b63", "--to", "T8");
    byte[] chain = Files.readAllBytes(home.resolve(CARD));
    remove(home);

    succeed("restore", "b63");

    assertThat(home.resolve(CARD)).hasBinaryContent(chain);
    assertThat(home.resolve("ascmhl")).as("the copy's own stays with it").doesNotExist();
  }

  @Test
  void what_people_keep_in_a_folder_ascmhl_is_copied() throws IOException {
    write("ascmhl/shot list.txt", 40);

    succeed("copy", "b63", "--to", "T8");

    assertThat(copy.resolve("ascmhl/shot list.txt"))
        .hasBinaryContent(files.get("ascmhl/shot list.txt"));
    succeed("verify", "b63", "--place", "ssd");
    assertThat(vat("list", "b63*").out()).containsPattern("flat +verified .* 2\\n");
  }

  /// Such a history told of the card's as of content, which the next verification changed.
  @Test
  void a_copy_of_an_earlier_version_that_recorded_a_card_s_history_is_whole_to_every_command()
      throws IOException {
    succeed("copy", "b63", "--to", "T8");
    remove(copy.resolve("ascmhl"));
    List<MhlEntry> entries = new ArrayList<>();
    try (Stream<Path> all = Files.walk(copy)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        entries.add(
            MhlEntry.of(
                RelativeName.of(copy.relativize(file).toString()),
                new DeviceDigests().plainly(file, Progress.none().begin("", 0)).digests(),
                Files.getLastModifiedTime(file).toInstant(),
                HashAction.ORIGINAL,
                clock.instant()));
      }
    }
    assertThat(entries).filteredOn(entry -> MhlLayout.isHistory(entry.name())).hasSize(2);
    MhlWriter.append(
        copy,
        new Generation(MhlProcess.TRANSFER, clock.instant(), Creator.vat("mac", "1"), entries)
            .ofWholeFolder());

    clock.pass(Duration.ofHours(1));
    succeed("verify", "b63", "--place", "ssd");
    clock.pass(Duration.ofHours(1));
    succeed("verify", "b63", "--place", "ssd", "--repair");
    remove(home);
    succeed("manifest");
    assertThat(vat("list", "b63*").out()).containsPattern("- +verified .* 1\\n");
    succeed("backup", "b63");
    succeed("restore", "b63", "--from", "ssd");
    assertThat(home.resolve("final/cut.mov")).hasBinaryContent(files.get("final/cut.mov"));
  }
}
