using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Recognition;

/// <summary>Which engines read pictures, and how much of the machine they may take.</summary>
internal sealed class RecognitionOptions : IValidatableObject
{
    public const string SectionName = "Recognition";

    /// <summary>The program that reads text: a file, or a name in PATH.</summary>
    [Required]
    public string Tesseract { get; set; } = "tesseract";

    /// <summary>The languages that it reads, as it names them.</summary>
    [RegularExpression(
        @"[A-Za-z0-9_]+(\+[A-Za-z0-9_]+)*", ErrorMessage = $"{SectionName}:Languages must be names joined by +: chi_sim+eng")]
    public string Languages { get; set; } = "chi_sim+eng";

    /// <summary>How long one picture may take, with the wait for its turn.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Pictures that a node reads at the same time.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>Address space of the program for one picture, where the system can limit it.</summary>
    [Range(128L << 20, 16L << 30)]
    public long MaxMemoryBytes { get; set; } = 1L << 30;

    /// <summary>Width times height of the largest picture.</summary>
    [Range(10_000, 100_000_000)]
    public int MaxPixels { get; set; } = 16_777_216;

    /// <summary>Where faces are found and compared; without it nowhere.</summary>
    public string? FaceEngine { get; set; }

    /// <summary>What proves to the face engine that a picture comes from here; sent as a bearer token.</summary>
    [MinLength(16, ErrorMessage = $"{SectionName}:FaceEngineKey must have at least 16 characters.")]
    public string? FaceEngineKey { get; set; }

    /// <summary>How long the face engine may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan FaceTimeout { get; set; } = TimeSpan.FromSeconds(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FaceEngine is not null
            && !(Uri.TryCreate(FaceEngine, UriKind.Absolute, out var uri)
                && (uri.Scheme is "https" || (uri.Scheme is "http" && uri.IsLoopback))))
        {
            yield return new(
                $"{SectionName}:{nameof(FaceEngine)} must be an https address, or an http address of this machine.", [nameof(FaceEngine)]);
        }
    }
}
