"""Secrets in programs and shells."""

from __future__ import annotations

from .reading import one_a_line

CODE = one_a_line(
    "secret",
    "en",
    r"""
val apiKey = "{{secret:key}}"
private const val TOKEN = "{{secret:plainkey}}"
let apiToken: String = "{{secret:key}}"
static NSString *const kSecret = @"{{secret:plainkey}}";
const char *psk = "{{secret:password}}";
#define WIFI_PASS "{{secret:password}}"
std::string token{"{{secret:key}}"};
var connectionPassword = "{{secret:password}}";
public const string ApiKey = "{{secret:plainkey}}";
dim pwd : pwd = "{{secret:password}}"
$env:API_KEY = "{{secret:key}}"
$cred = ConvertTo-SecureString '{{secret:password}}' -AsPlainText -Force
os.Setenv("STRIPE_KEY", "{{secret:key}}")
token := "{{secret:key}}" // FIXME
const TOKEN: &str = "{{secret:key}}";
my $password = '{{secret:password}}';
config.api_key = '{{secret:key}}'
Rails.application.secrets.key = "{{secret:plainkey}}"
Sys.setenv(API_TOKEN = "{{secret:key}}")
password <- "{{secret:password}}"
@secret "{{secret:plainkey}}"
config :app, App.Endpoint, secret_key_base: "{{secret:plainkey}}"
(def api-key "{{secret:key}}")
(setq my-token "{{secret:key}}")
apiKey :: String\napiKey = "{{secret:key}}"
local token = "{{secret:key}}"
set password "{{secret:password}}"
final String accessToken = '{{secret:jwt}}';
process.env.TOKEN = "{{secret:key}}";
axios.defaults.headers.common['Authorization'] = 'Bearer {{secret:jwt}}';
const client = new Client({ user: 'app', password: '{{secret:password}}' });
firebase.initializeApp({ apiKey: "{{secret:key}}", appId: "1:{{n}}:web" });
bot = Bot(token="{{secret:bot}}")
client.run("{{secret:bot}}")
client.login('{{secret:bot}}');
app.secret_key = b'{{secret:plainkey}}'
hmac.new(b"{{secret:plainkey}}", body, "sha256")
jwt.encode(claims, "{{secret:plainkey}}", algorithm="HS256")
engine = connect(user="sa", password="{{secret:password}}", port={{port}})
if password == "{{secret:password}}": return True
assert login("admin", "{{secret:password}}").ok
cy.get('#password').type('{{secret:password}}')
driver.find_element("id", "pw").send_keys("{{secret:password}}")
mysqli_connect("localhost", "root", "{{secret:password}}", "shop");
$config['encryption_key'] = '{{secret:plainkey}}';
'password' => '{{secret:password}}',
'secret' => env('APP_SECRET', '{{secret:plainkey}}'),
os.getenv("TOKEN", "{{secret:key}}")
System.setProperty("javax.net.ssl.keyStorePassword", "{{secret:password}}");
@Value("${api.key:{{secret:plainkey}}}")
GRANT ALL ON shop.* TO 'app'@'%' IDENTIFIED BY '{{secret:password}}';
ALTER ROLE reporting WITH LOGIN PASSWORD '{{secret:password}}';
CREATE LOGIN svc WITH PASSWORD = N'{{secret:password}}';
UPDATE users SET password_hash = '{{secret:hash}}' WHERE id = {{n}};
INSERT INTO users (name, pw) VALUES ('{{handle}}', '{{secret:hash}}');
EXEC sp_addlogin 'app', '{{secret:password}}';
SELECT crypt('{{secret:password}}', gen_salt('bf'));
root:{{secret:hash}}:19{{n}}1:0:99999:7:::
{{handle}}:{{secret:hash}}
admin:{{secret:hash}}
""",
)

SHELLS = one_a_line(
    "secret",
    "en",
    r"""
$ export VAULT_TOKEN={{secret:key}}
set AWS_SECRET_ACCESS_KEY={{secret:plainkey}}
PS C:\> Connect-App -ClientSecret {{secret:uuid}}
% TOKEN='{{secret:key}}' make release
echo 'deploy:{{secret:urlpass}}' | chpasswd
useradd ops && echo "ops:{{secret:urlpass}}" | chpasswd
snmpwalk -v2c -c {{secret:password}} {{ip}}
ldapsearch -x -D cn=admin -w {{secret:urlpass}} -H ldap:
influx -username root -password {{secret:urlpass}}
mongosh --username admin --password '{{secret:password}}'
sqlcmd -S sql01 -U sa -P {{secret:urlpass}}
sqlplus scott/{{secret:urlpass}}@orcl
cqlsh -u cassandra -p {{secret:urlpass}} {{ip}}
ansible-playbook site.yml -e "db_pass={{secret:urlpass}}"
ansible all -m ping --extra-vars ansible_password={{secret:urlpass}}
aws s3 ls --secret-key {{secret:plainkey}}
gcloud auth activate --token={{secret:key}}
heroku config:set SECRET_KEY={{secret:plainkey}}
fly secrets set DB_PASSWORD={{secret:urlpass}}
vercel env add TOKEN {{secret:key}}
wrangler secret put API_KEY <<< {{secret:key}}
gh secret set DEPLOY_KEY --body "{{secret:key}}"
doppler login --token {{secret:key}}
tailscale up --authkey {{secret:key}}
npm publish --otp={{secret:otp}}
cargo login {{secret:key}}
gem push app.gem --key {{secret:key}}
nuget push app.nupkg -ApiKey {{secret:key}}
kubectl create secret docker-registry reg --docker-password={{secret:urlpass}}
kubeadm join {{ip}}:6443 --token {{secret:recovery}}
nmcli dev wifi connect office password '{{secret:password}}'
netsh wlan set hostednetwork mode=allow key={{secret:urlpass}}
openssl rsa -in server.key -passin pass:{{secret:urlpass}}
keytool -storepass {{secret:urlpass}} -list
cryptsetup open /dev/sdb1 data <<< '{{secret:passphrase}}'
borg create --passphrase="{{secret:passphrase}}" repo::a ~
restic -r /srv/repo backup ~ # RESTIC_PASSWORD={{secret:password}}
xfreerdp /v:{{ip}} /u:admin /p:{{secret:urlpass}}
expect "Password:" ; send "{{secret:password}}\r"
cat ~/.pgpass\nlocalhost:5432:app:app:{{secret:urlpass}}
http POST {{url:full}} X-Token:{{secret:plainkey}}
http -a admin:{{secret:urlpass}} {{url:full}}
curl -X POST {{url:full}} -d 'password={{secret:urlpass}}'
curl -F token={{secret:key}} -F file=@{{file}} {{url:full}}
curl --cookie "SESSION={{secret:plainkey}}" {{url:full}}
""",
)

TEMPLATES = [*CODE, *SHELLS]
