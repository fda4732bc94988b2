package dev.vat.cli;

import dev.vat.archive.ArchiveException;
import dev.vat.catalog.CatalogException;
import dev.vat.cloud.SourceChangedException;
import dev.vat.cloud.StoreException;
import dev.vat.disk.FileChangedException;
import dev.vat.index.IndexException;
import dev.vat.lifecycle.CopyGoneException;
import dev.vat.lifecycle.DamagedSourceException;
import dev.vat.mhl.MhlException;
import dev.vat.mhl.MhlLayout;
import dev.vat.project.HostileNameException;
import dev.vat.settings.SettingsException;
import dev.vat.staging.DamagedDownloadException;
import dev.vat.staging.DiskFullException;
import dev.vat.staging.FolderUnavailableException;
import dev.vat.staging.NewerFormatException;
import dev.vat.staging.NotEnoughSpaceException;
import dev.vat.state.BusyException;
import dev.vat.state.StateException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// What every fault means for the user: the one place where exceptions become exit codes, messages
/// and hints.
final class Faults {
  private Faults() {}

  /// @param fault whatever a command let out
  static CommandFailure of(Throwable fault) {
    return switch (fault) {
      case CommandFailure failure -> failure;
      case StoreException store -> store(store);
      case SettingsException settings ->
          new CommandFailure(
              ExitCode.USAGE, "settings", settings.message(), settings.hint(), settings);
      case SourceChangedException changed ->
          failure(
              ExitCode.FAILED,
              "file_changed",
              changed,
              "wait until nobody writes to it, then run it again");
      case HostileNameException name ->
          failure(ExitCode.FAILED, "hostile_name", name, "rename it where it comes from");
      case BusyException busy -> failure(ExitCode.FAILED, "busy", busy, "");
      case StateException state ->
          failure(
              ExitCode.FAILED,
              "state",
              state,
              "it is a cache: with no vat running, removing the folder .vat loses no file");
      case NotEnoughSpaceException space ->
          failure(ExitCode.FAILED, "disk_full", space, "nothing was begun");
      case DiskFullException full ->
          failure(
              ExitCode.FAILED,
              "disk_full",
              full,
              "free space on that disk, then run the same command again to carry on");
      case FolderUnavailableException gone ->
          failure(
              ExitCode.UNAVAILABLE,
              "folder_unavailable",
              gone,
              "put a real folder there; nothing was changed");
      case DamagedDownloadException damaged ->
          failure(ExitCode.VERIFICATION_FAILED, "damaged_download", damaged, "");
      case CatalogException manifest ->
          failure(
              ExitCode.FAILED,
              "manifest",
              manifest,
              "it can be rebuilt: move that file away and run vat manifest (what it knew of drives"
                  + " that are not connected is then missing until they are; vat drives add takes up"
                  + " others than the SSD again)");
      case MhlException.NoHistory none ->
          failure(ExitCode.FAILED, "no_history", none, "vat mhl create begins one");
      case MhlException history ->
          failure(
              ExitCode.VERIFICATION_FAILED,
              "history_damaged",
              history,
              "nothing was released; " + historyRemedy(history));
      case DamagedSourceException damaged ->
          failure(
              ExitCode.VERIFICATION_FAILED,
              "damaged_source",
              damaged,
              "vat verify looks at that copy, with --repair it takes the file from another one;"
                  + " nothing was stored");
      case ArchiveException.SourceChanged changed ->
          failure(
              ExitCode.FAILED,
              "file_changed",
              changed,
              "wait until nobody writes to it, then run it again");
      case CopyGoneException gone ->
          failure(
              ExitCode.UNAVAILABLE,
              "copy_gone",
              gone,
              "connect it, then run the same command again to carry on");
      case IndexException index ->
          failure(
              ExitCode.FAILED,
              "index",
              index,
              "it is a cache: removing .vat/index.db loses no file, only what it knew of drives that"
                  + " are not connected");
      case NewerFormatException newer ->
          failure(ExitCode.FAILED, "newer_format", newer, "update vat on this computer");
      case FileChangedException changed ->
          failure(
              ExitCode.FAILED,
              "file_changed",
              changed,
              "wait until nobody writes to it, then run it again");
      case UncheckedIOException wrapped -> of(wrapped.getCause());
      case ExecutionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case InterruptedException stopped -> stopped(stopped);
      case ClosedByInterruptException stopped -> stopped(stopped);
      case InterruptedIOException stopped -> stopped(stopped);
      case FileSystemException file -> file(file);
      case InvalidPathException path ->
          new CommandFailure(
              ExitCode.USAGE,
              "not_a_path",
              Printable.of(path.getInput()) + " cannot be a file's name here: " + path.getReason(),
              "check the spelling",
              path);
      case IOException io ->
          failure(ExitCode.FAILED, "input_output", io, "run it again; with --debug it tells more");
      case OutOfMemoryError memory ->
          failure(ExitCode.FAILED, "memory", memory, "close other programs and run it again");
      default -> defect(fault);
    };
  }

  /// Whether what went wrong with one project would go wrong with each: S3 or the state cannot be
  /// used, or somebody stopped it.
  static boolean concernsAll(Throwable fault) {
    return switch (fault) {
      case StoreException store -> store.endsEverything();
      case BusyException _ -> false;
      case StateException _ -> true;
      default -> of(fault).exit() == ExitCode.INTERRUPTED;
    };
  }

  private static CommandFailure store(StoreException fault) {
    return switch (fault) {
      case StoreException.Unreachable f ->
          failure(
              ExitCode.UNAVAILABLE,
              "s3_unreachable",
              f,
              "run the same command again, and it carries on where it stopped");
      case StoreException.BadCredentials f ->
          failure(
              ExitCode.USAGE,
              "bad_credentials",
              f,
              "vat config shows which credentials are used and where they come from; with good ones,"
                  + " run the same command again to carry on");
      case StoreException.AccessDenied f ->
          failure(
              ExitCode.FAILED,
              "access_denied",
              f,
              "ask the bucket's owner for this permission, or check the bucket and prefix with vat"
                  + " config");
      case StoreException.NoSuchBucket f ->
          failure(
              ExitCode.USAGE,
              "no_such_bucket",
              f,
              "vat config shows where the bucket's name and the region come from; vat cloud setup makes"
                  + " a bucket that is not there");
      case StoreException.ClockSkewed f ->
          failure(
              ExitCode.FAILED,
              "clock_skewed",
              f,
              "set this computer's clock (let it set itself by the internet) and run it again");
      case StoreException.Changed f ->
          failure(
              ExitCode.FAILED, "changed_meanwhile", f, "run it again to look at what is there now");
      case StoreException.Frozen f ->
          failure(
              ExitCode.THAW,
              "frozen",
              f,
              "it has to be thawed first; vat restore tells how long that takes and what it costs");
      case StoreException.NoSuchUpload f ->
          failure(
              ExitCode.FAILED,
              "no_such_upload",
              f,
              "run it again: the upload begins from its start");
      case StoreException.Unsupported f ->
          failure(ExitCode.FAILED, "not_supported_by_server", f, "vat doctor tells what it lacks");
      case StoreException.Failed f ->
          failure(ExitCode.FAILED, "s3_refused", f, "with --debug it tells more");
    };
  }

  private static CommandFailure file(FileSystemException fault) {
    String file = String.valueOf(fault.getFile());
    return switch (fault) {
      case NoSuchFileException _ ->
          new CommandFailure(
              ExitCode.FAILED,
              "no_such_file",
              file + " is not there",
              "check the name, and that its drive is connected",
              fault);
      case AccessDeniedException _ ->
          new CommandFailure(
              ExitCode.FAILED,
              "file_access_denied",
              "no permission for " + file,
              "look at the file's permissions, and whether another program holds it open",
              fault);
      default ->
          new CommandFailure(
              ExitCode.FAILED,
              "file_system",
              file + ": " + (fault.getReason() == null ? "failed" : fault.getReason()),
              "check the drive and its free space, then run it again",
              fault);
    };
  }

  /// What to do about a history that is damaged: it alone, for the files may well be whole.
  static String historyRemedy(MhlException history) {
    Path folder = history.root().resolve(MhlLayout.FOLDER);
    return "the files themselves may well be whole. Take that file from"
        + " the ascmhl folder of another copy; without one, move "
        + folder
        + " out of the copy (keep it until all is well) and run vat verify with the project's name:"
        + " it reads every file and begins a new history, which cannot tell of damage from before"
        + " (vat mhl create does so for any folder). Then run this again";
  }

  private static CommandFailure stopped(Exception fault) {
    return new CommandFailure(
        ExitCode.INTERRUPTED,
        "interrupted",
        "stopped before the end",
        "run the same command again to carry on",
        fault);
  }

  private static CommandFailure defect(Throwable fault) {
    String what = fault.getClass().getSimpleName();
    return new CommandFailure(
        ExitCode.FAILED,
        "defect",
        "something went wrong that should not: "
            + (fault.getMessage() == null ? what : what + ": " + fault.getMessage()),
        "this is a defect of vat: please report it with the output of the same command and --debug",
        fault);
  }

  private static CommandFailure failure(ExitCode exit, String code, Throwable fault, String hint) {
    String message =
        fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    return new CommandFailure(exit, code, message, hint, fault);
  }
}
