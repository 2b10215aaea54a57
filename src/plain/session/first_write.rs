//! The secret that the first write of solo gives, as an answer of the session.
//! Leaves to others: when that is due and which secret it is (`made`), saying so (`review`, `unattended`).

use super::Session;
use crate::made::{self, Given};
use crate::prepare::Prepared;
use crate::problem::Problem;
use crate::schema::FieldPath;
use crate::value::Value;

impl Session {
    /// Makes the secret of the first write that is planned, or takes it from the file, when one is due and may be
    /// written. It is in force then, and another plan says it.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn give_secret(&mut self, prepared: &Prepared) -> Result<Option<Given>, Problem> {
        let due = |config| made::is_due(config, &self.hidden);
        let is_due = self.config.as_ref().is_some_and(due);
        if !is_due || prepared.plan.is_err() || self.refusal().is_some() {
            return Ok(None);
        }
        let given = made::given(&prepared.file, self.schema())?;
        if let Some(given) = &given {
            let secret = given.secret().clone();
            self.say(&made::JWT_SECRET.into(), Some(Value::Secret(secret)));
        }
        Ok(given)
    }

    /// Does the first write put a secret in the place of this setting, when the operator says nothing of it?
    #[must_use]
    pub fn is_made_unless_said(&self, path: &FieldPath) -> bool {
        path.as_str() == made::JWT_SECRET
            && self.answers.get(path.as_str()).is_none()
            && self
                .baseline()
                .is_some_and(|profile| made::is_due(profile, &self.hidden))
    }
}
