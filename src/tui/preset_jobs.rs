//! Work on presets that is done beside the loop: reading both folders, saving, changing, deleting, one file in or out.
//! Leaves to others: what is asked before (`preset_save`, `preset_list`), what follows (`presets`).

use std::path::PathBuf;

use super::files::Opened;
use super::msg::Msg;
use crate::clean;
use crate::preset::{
    self, Deleted, Description, Loaded, Name, Named, Places, Preset, Refused, Saved, Whose,
};
use crate::problem::Problem;
use crate::schema::Schema;
use crate::standing::Standing;
use crate::store::{Found, Outcome, Plan};

/// Something to be done with presets.
#[derive(Debug)]
pub enum Job {
    /// Only how many there are, which needs no schema.
    Count,
    List,
    /// Read this one, to be laid under the answers.
    Load(Named),
    /// Read this one, to be compared with.
    Compare(Named),
    /// Save over what was found, or where nothing is.
    Save {
        whose: Whose,
        preset: Box<Preset>,
        over: Option<Box<Found>>,
    },
    Copy {
        of: Box<Loaded>,
        whose: Whose,
        name: Name,
        description: Description,
        with_secrets: bool,
    },
    /// Another name, another sentence, or both.
    Change {
        of: Box<Loaded>,
        name: Name,
        description: Description,
    },
    Delete(Box<Loaded>),
    PutBack(Box<Deleted>),
    /// What exporting it would write, without secrets in clear; nothing is written yet.
    PlanExport {
        of: Box<Loaded>,
        file: PathBuf,
    },
    /// Writes what was planned and shown.
    Export(Box<Plan>),
    Import(PathBuf),
}

/// Both folders as they are.
#[derive(Debug)]
pub struct Listed {
    pub places: Places,
    pub presets: Vec<Loaded>,
    /// What there cannot be read.
    pub problems: Vec<Problem>,
}

impl Listed {
    fn read(places: &Places, schema: &Schema) -> Self {
        let (presets, problems) = preset::list(places, schema);
        Self {
            places: places.clone(),
            presets,
            problems,
        }
    }

    #[must_use]
    pub fn find(&self, whose: Whose, name: &str) -> Option<&Loaded> {
        let mut presets = self.presets.iter();
        presets.find(|one| one.whose == Some(whose) && one.preset.name.as_str() == name)
    }
}

/// What became of a job.
#[derive(Debug)]
pub enum News {
    Counted(usize),
    Listed,
    Saved(Result<Saved, Refused>),
    Copied(Result<Saved, Refused>),
    /// With its name before.
    Changed(Named, Result<Saved, Refused>),
    Deleted(Result<Deleted, Refused>),
    /// With the name of what came back.
    BackAgain(Named, Saved),
    NotBack(Box<Deleted>, Refused),
    Exported(Result<Export, Problem>),
    Imported(Result<Box<Loaded>, Problem>),
}

/// How far an export is.
#[derive(Debug)]
pub enum Export {
    /// To be shown before it is written.
    Planned(Box<Plan>),
    Written(PathBuf),
    /// The file says the same already.
    Same(PathBuf),
}

/// What became of a job, and how both folders are now, where it looked.
#[derive(Debug)]
pub struct Done {
    pub news: News,
    pub listed: Option<Listed>,
}

impl Job {
    /// Does it.
    #[must_use]
    pub fn done(self, places: &Places, schema: &Schema) -> Msg {
        let news = match self {
            Self::Count => {
                // Only what can be read is a preset, as in the list; that takes no schema.
                let (presets, _) = preset::list(places, &Schema::default());
                return news(News::Counted(presets.len()), None);
            }
            Self::Load(named) => {
                let loaded = preset::load(places, &named, schema);
                return Msg::Opened(loaded.map(|loaded| Box::new(opened(loaded))));
            }
            Self::Compare(named) => {
                let loaded = preset::load(places, &named, schema);
                return Msg::Compared(loaded.map(|loaded| Box::new(opened(loaded))));
            }
            Self::PlanExport { of, file } => {
                return news(News::Exported(plan_export(&of, file)), None);
            }
            Self::Export(plan) => {
                let written = plan.write().map_err(|failed| failed.problem());
                let written = written.map(|_| Export::Written(plan.file));
                return news(News::Exported(written), None);
            }
            Self::Import(file) => {
                let imported = preset::import(&file, None, true, schema);
                let imported = imported.map(|(mut loaded, _)| {
                    loaded.must_build_on_one(places);
                    Box::new(loaded)
                });
                return news(News::Imported(imported), None);
            }
            Self::List => News::Listed,
            Self::Save {
                whose,
                preset,
                over,
            } => News::Saved(preset::save(places, whose, &preset, over.as_deref())),
            Self::Copy {
                of,
                whose,
                name,
                description,
                with_secrets,
            } => News::Copied(preset::duplicate(
                places,
                &of,
                whose,
                &name,
                &description,
                with_secrets,
            )),
            Self::Change {
                of,
                name,
                description,
            } => News::Changed(of.named(), change(places, schema, &of, &name, &description)),
            Self::Delete(loaded) => News::Deleted(preset::delete(&loaded)),
            Self::PutBack(deleted) => {
                let named = Named {
                    whose: Some(deleted.whose),
                    name: deleted.name.clone(),
                };
                match preset::put_back(places, &deleted) {
                    Ok(saved) => News::BackAgain(named, saved),
                    Err(refused) => News::NotBack(deleted, refused),
                }
            }
        };
        self::news(news, Some(Listed::read(places, schema)))
    }
}

fn news(news: News, listed: Option<Listed>) -> Msg {
    Msg::Presets(Box::new(Done { news, listed }))
}

/// A preset as a file that was opened: that is how bases come in.
fn opened(loaded: Loaded) -> Opened {
    let mode = loaded.preset.profile.as_deref().map(clean::line);
    Opened {
        base: crate::answers::Base {
            profile: None,
            ..loaded.base()
        },
        mode,
        problems: loaded.problems,
        found: loaded.found,
        standing: Standing::Preset,
    }
}

/// The name first: where it is taken, nothing has changed.
fn change(
    places: &Places,
    schema: &Schema,
    of: &Loaded,
    name: &Name,
    description: &Description,
) -> Result<Saved, Refused> {
    if *name == of.preset.name {
        return preset::describe(places, of, description);
    }
    let renamed = preset::rename(places, of, name)?;
    if *description == of.preset.description {
        return Ok(renamed);
    }
    let named = Named {
        whose: of.whose,
        name: name.clone(),
    };
    let of = preset::load(places, &named, schema)?;
    let mut described = preset::describe(places, &of, description)?;
    described.problems.splice(0..0, renamed.problems);
    Ok(described)
}

fn plan_export(of: &Loaded, file: PathBuf) -> Result<Export, Problem> {
    let plan = preset::export(of, &file, false)?;
    Ok(match plan.outcome {
        Outcome::Same => Export::Same(file),
        Outcome::Changed | Outcome::New => Export::Planned(Box::new(plan)),
    })
}
