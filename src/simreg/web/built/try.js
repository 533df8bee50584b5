import{a as e,d as t,f as n,l as r,n as i,o as a,r as o,u as s}from"./shared.js";import{m as c,p as l,s as u}from"./shared2.js";var d=class extends s{static{this.properties={language:{state:!0},busy:{state:!0},problem:{state:!0}}}constructor(){super(),this.language=r(i(`language`))??a(),this.busy=!1,this.problem=null}createRenderRoot(){return this}updated(){document.documentElement.lang=this.language===`zh`?`zh-CN`:`en`,document.title=`${e[this.language].try.title} · simreg`}render(){let r=e[this.language],i=r.try;return n`<header>
        <div class="top">
          <p class="name">simreg</p>
          <button id="language" type="button" class="quiet" lang=${this.language===`zh`?`en`:`zh-CN`} @click=${this.#t}>
            ${r.language}
          </button>
        </div>
      </header>
      <main id="main" class="try" data-state="try" aria-busy=${this.busy}>
        <h1 id="title">${i.title}</h1>
        <p class="lead">${i.lead}</p>
        ${this.problem===null?t:u(this.problem,r)}
        <div class="buttons stack">
          <button id="try" type="button" class="main" aria-disabled=${this.busy} @click=${this.#e}>${this.busy?i.beginning:i.begin}</button>
        </div>
        <h2>${i.how}</h2>
        <ol>
          <li>${i[`how-line`]}</li>
          <li>${i[`how-document`]}</li>
          <li>${i[`how-capture`]}</li>
        </ol>
        <p class="small">${i.privacy}</p>
      </main>
      <footer><a id="staff" href="staff/">${i.staff}</a></footer>`}#e=async()=>{if(!this.busy){this.busy=!0,this.problem=null;try{let e=await c();window.location.assign(`r#${e}`)}catch(e){this.problem=e instanceof l?e:new l(`unknown`,-1),this.busy=!1}}};#t=()=>{this.language=this.language===`zh`?`en`:`zh`,o(`language`,this.language)}};customElements.define(`try-page`,d);